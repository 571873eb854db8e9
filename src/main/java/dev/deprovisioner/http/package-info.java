/** The HTTP clients of the service: TLS, timeouts, connection failures, Retry-After. */
@NullMarked
package dev.deprovisioner.http;

import org.jspecify.annotations.NullMarked;
