package dev.deprovisioner.deprovision;

/** How a success came about. */
public enum Outcome {
    /** We deleted the group, and a read has confirmed it. */
    DELETED,
    /** The group was gone before this service deleted it. */
    ALREADY_ABSENT
}
