/** The de-provision: the aggregate, its store, the entry point for callers and the run that walks its steps. */
@NullMarked
package dev.deprovisioner.deprovision;

import org.jspecify.annotations.NullMarked;
