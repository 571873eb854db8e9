/** The self-validating ids that every package may use. */
@NullMarked
package dev.deprovisioner.identifier;

import org.jspecify.annotations.NullMarked;
