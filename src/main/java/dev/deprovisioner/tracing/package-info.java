/** Traces, over the end of a process too: off, and without any cost, unless there is somewhere to send them. */
@NullMarked
package dev.deprovisioner.tracing;

import org.jspecify.annotations.NullMarked;
