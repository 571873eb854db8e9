/** The description of the API: made from the code, with examples that the application itself gave. */
@NullMarked
package dev.deprovisioner.openapi;

import org.jspecify.annotations.NullMarked;
