/** The Helm chart, rendered and read without a cluster. */
@NullMarked
package dev.deprovisioner.chart;

import org.jspecify.annotations.NullMarked;
