/** The aggregate of a run with its guarded transitions, its store, requests, history and retention. */
@NullMarked
package dev.deprovisioner.deprovision;

import org.jspecify.annotations.NullMarked;
