/** Stands between the service and its database, so that another process sees every commit and can hold it. */
@NullMarked
package dev.deprovisioner.chaos.witness;

import org.jspecify.annotations.NullMarked;
