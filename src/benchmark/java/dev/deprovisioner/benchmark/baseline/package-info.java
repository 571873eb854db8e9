/** What the service is compared with: the same work without what makes it safe. Each is a process with the service's flags. */
@NullMarked
package dev.deprovisioner.benchmark.baseline;

import org.jspecify.annotations.NullMarked;
