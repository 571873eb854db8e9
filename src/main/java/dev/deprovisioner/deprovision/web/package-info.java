/** The HTTP face of a de-provision. */
@NullMarked
package dev.deprovisioner.deprovision.web;

import org.jspecify.annotations.NullMarked;
