/** The monotonic clock of this process: nothing else asks the system for the time. */
@NullMarked
package dev.deprovisioner.clock;

import org.jspecify.annotations.NullMarked;
