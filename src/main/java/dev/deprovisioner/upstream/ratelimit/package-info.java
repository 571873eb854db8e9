/** The limit of requests to the provider: rate limiter, fair queue, and what the provider asks for. */
@NullMarked
package dev.deprovisioner.upstream.ratelimit;

import org.jspecify.annotations.NullMarked;
