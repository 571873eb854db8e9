/** Append-only audit entries, their log stream and their endpoint. */
@NullMarked
package dev.deprovisioner.audit;

import org.jspecify.annotations.NullMarked;
