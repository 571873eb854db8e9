/** Which database it is, its clock, the wait for it at the start, durability of H2, conversion of timestamps. */
@NullMarked
package dev.deprovisioner.database;

import org.jspecify.annotations.NullMarked;
