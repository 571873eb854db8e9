/** What may be removed. */
@NullMarked
package dev.deprovisioner.policy;

import org.jspecify.annotations.NullMarked;
