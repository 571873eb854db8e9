/** Which groups may be removed, and which callers may remove them. */
@NullMarked
package dev.deprovisioner.policy;

import org.jspecify.annotations.NullMarked;
