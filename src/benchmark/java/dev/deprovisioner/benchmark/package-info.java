/** Measures the packaged service beside bare baselines on the same machine, and reports which goals it meets. */
@NullMarked
package dev.deprovisioner.benchmark;

import org.jspecify.annotations.NullMarked;
