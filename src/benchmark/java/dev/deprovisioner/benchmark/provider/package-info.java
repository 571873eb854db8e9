/** The identity provider of a benchmark, in a process of its own. */
@NullMarked
package dev.deprovisioner.benchmark.provider;

import org.jspecify.annotations.NullMarked;
