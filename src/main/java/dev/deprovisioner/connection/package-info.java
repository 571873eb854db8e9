/** How this service connects to others over HTTP: whom it trusts, as whom it shows itself, and how long it waits. */
@NullMarked
package dev.deprovisioner.connection;

import org.jspecify.annotations.NullMarked;
