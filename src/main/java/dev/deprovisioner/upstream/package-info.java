/** Calls to the provider: OAuth2 token, retry, timeouts, and what an answer means. */
@NullMarked
package dev.deprovisioner.upstream;

import org.jspecify.annotations.NullMarked;
