/** What a long test measures over time, the bounds that it has to stay within, and a report with a plot of each. */
@NullMarked
package dev.deprovisioner.soak;

import org.jspecify.annotations.NullMarked;
