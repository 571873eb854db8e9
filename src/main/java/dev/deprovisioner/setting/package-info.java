/** The known settings, the check of them at the start, and the failure of a wrong one. */
@NullMarked
package dev.deprovisioner.setting;

import org.jspecify.annotations.NullMarked;
