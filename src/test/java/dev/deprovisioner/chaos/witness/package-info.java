/** Added to the service's class path: another process sees every commit and can hold it, and leases can be short. */
@NullMarked
package dev.deprovisioner.chaos.witness;

import org.jspecify.annotations.NullMarked;
