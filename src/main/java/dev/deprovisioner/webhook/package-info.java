/** Webhooks (Standard Webhooks 1.0): outbox, signature, delivery, circuit breaker of the receiver, endpoints. */
@NullMarked
package dev.deprovisioner.webhook;

import org.jspecify.annotations.NullMarked;
