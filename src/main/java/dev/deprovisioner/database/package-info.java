/** The database that all processes share: its clock. */
@NullMarked
package dev.deprovisioner.database;

import org.jspecify.annotations.NullMarked;
