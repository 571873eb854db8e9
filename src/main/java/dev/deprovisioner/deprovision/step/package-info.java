/** The four steps of a run, a class each, and the notification of receivers. */
@NullMarked
package dev.deprovisioner.deprovision.step;

import org.jspecify.annotations.NullMarked;
