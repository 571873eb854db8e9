/** Random requests that nobody with good intentions sends, each the same again for the same seed and index. */
@NullMarked
package dev.deprovisioner.hostile;

import org.jspecify.annotations.NullMarked;
