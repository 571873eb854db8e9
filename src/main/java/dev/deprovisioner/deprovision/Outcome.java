package dev.deprovisioner.deprovision;

/** How a success came about. */
public enum Outcome {
    /** We deleted the group, and a read has confirmed it. */
    DELETED,
    /** Somebody else had deleted it before we did. */
    ALREADY_ABSENT
}
