/** Tells the receiver: outbox, signature and delivery (Standard Webhooks 1.0); knows no SCIM. */
@NullMarked
package dev.deprovisioner.webhook;

import org.jspecify.annotations.NullMarked;
