package dev.deprovisioner.webhook;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;

/**
 * Published in the transaction that takes the order to deliver something once more.
 *
 * @param by who has ordered it
 */
public record RedeliveryRequested(DeprovisionId deprovision, Caller by) {}
