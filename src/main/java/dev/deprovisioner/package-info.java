/** Removes SCIM groups from an identity provider, safely and provably. */
@NullMarked
package dev.deprovisioner;

import org.jspecify.annotations.NullMarked;
