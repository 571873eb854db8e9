/** Checks the connection to the provider for an operator, and changes nothing: what it offers, and what a run would meet. */
@NullMarked
package dev.deprovisioner.connection;

import org.jspecify.annotations.NullMarked;
