package dev.deprovisioner.policy;

/**
 * The bound on the active runs of one caller, so that no caller fills the queue, the tables and the lists for all others.
 *
 * @param mostActiveRuns over all replicas, scheduled runs included
 */
public record ActiveRunLimit(int mostActiveRuns) {}
