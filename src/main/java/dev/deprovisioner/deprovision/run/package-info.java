/** The execution of a run: worker, attempt, recorder and backoff. */
@NullMarked
package dev.deprovisioner.deprovision.run;

import org.jspecify.annotations.NullMarked;
