/** Webhooks: outbox, signature and delivery (Standard Webhooks 1.0), and orders to send one again; knows no SCIM. */
@NullMarked
package dev.deprovisioner.webhook;

import org.jspecify.annotations.NullMarked;
