/** Who may call what: tokens, scopes, rate limit of callers, bounds of requests. */
@NullMarked
package dev.deprovisioner.security;

import org.jspecify.annotations.NullMarked;
