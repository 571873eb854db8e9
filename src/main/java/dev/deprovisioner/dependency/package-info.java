/** Finds what the removal of a group would orphan: one interface, one class a kind of check. */
@NullMarked
package dev.deprovisioner.dependency;

import org.jspecify.annotations.NullMarked;
