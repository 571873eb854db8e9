/** The four steps of a de-provision, a class each, and what a delivered webhook means for it. */
@NullMarked
package dev.deprovisioner.deprovision.step;

import org.jspecify.annotations.NullMarked;
