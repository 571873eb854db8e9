/** The HTTP API of runs. */
@NullMarked
package dev.deprovisioner.deprovision.web;

import org.jspecify.annotations.NullMarked;
