/** Finds what the removal of a group would orphan. */
@NullMarked
package dev.deprovisioner.dependency;

import org.jspecify.annotations.NullMarked;
