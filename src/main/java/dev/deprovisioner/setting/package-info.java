/** The known settings, and the check at the start: none is unknown, and none that is required is missing. */
@NullMarked
package dev.deprovisioner.setting;

import org.jspecify.annotations.NullMarked;
