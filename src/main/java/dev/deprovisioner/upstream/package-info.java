/** The shared HTTP floor towards the identity provider: token, retries, pacing, limits and timeouts. */
@NullMarked
package dev.deprovisioner.upstream;

import org.jspecify.annotations.NullMarked;
