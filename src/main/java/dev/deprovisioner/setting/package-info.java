/** What may be set, and the check at the start that nothing else is and nothing required is missing. */
@NullMarked
package dev.deprovisioner.setting;

import org.jspecify.annotations.NullMarked;
