/** Append-only audit entries: sealing, export, verification and retention. */
@NullMarked
package dev.deprovisioner.audit;

import org.jspecify.annotations.NullMarked;
