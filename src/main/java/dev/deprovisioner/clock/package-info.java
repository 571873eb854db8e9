/** The monotonic clock of this process, which alone asks the system for the time, and the progress of work. */
@NullMarked
package dev.deprovisioner.clock;

import org.jspecify.annotations.NullMarked;
