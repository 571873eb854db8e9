/** Reports at the end of a build what its tests cost: time, and starts of what is slow to start. */
@NullMarked
package dev.deprovisioner.buildreport;

import org.jspecify.annotations.NullMarked;
