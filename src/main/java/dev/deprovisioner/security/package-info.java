/** Who may call what. */
@NullMarked
package dev.deprovisioner.security;

import org.jspecify.annotations.NullMarked;
