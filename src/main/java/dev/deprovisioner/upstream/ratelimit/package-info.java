/** Rate limiter, fair queue of requests, and throttling by the provider. */
@NullMarked
package dev.deprovisioner.upstream.ratelimit;

import org.jspecify.annotations.NullMarked;
