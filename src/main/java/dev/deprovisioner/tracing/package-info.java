/** Traces that go on after the end of a process; off unless there is somewhere to send them. */
@NullMarked
package dev.deprovisioner.tracing;

import org.jspecify.annotations.NullMarked;
