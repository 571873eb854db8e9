/** Random requests as an attacker might send them, each the same again for the same seed and index. */
@NullMarked
package dev.deprovisioner.hostile;

import org.jspecify.annotations.NullMarked;
