/** The self-validating ids that every package may use, and for whom a thread works. */
@NullMarked
package dev.deprovisioner.identifier;

import org.jspecify.annotations.NullMarked;
