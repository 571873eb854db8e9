package dev.deprovisioner.deprovision;

/**
 * Published in the transaction that records that a run was blocked or has failed.
 *
 * @param run as it has ended
 */
public record NotDeprovisioned(Deprovision run) {}
