/** Two versions of the service at once, on one database, while one replaces the other. */
@NullMarked
package dev.deprovisioner.schema;

import org.jspecify.annotations.NullMarked;
