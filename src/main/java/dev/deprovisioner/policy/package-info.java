/** What may be removed, and for whom. */
@NullMarked
package dev.deprovisioner.policy;

import org.jspecify.annotations.NullMarked;
