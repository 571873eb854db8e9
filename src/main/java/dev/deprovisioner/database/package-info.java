/** The database: which product it is, its clock, and how times are written to its columns. */
@NullMarked
package dev.deprovisioner.database;

import org.jspecify.annotations.NullMarked;
