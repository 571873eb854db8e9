package dev.deprovisioner.connection;

/** How good a finding is, the best first. */
enum FindingStatus {
    /** As it should be, or of no importance. */
    OK,
    /** A run is blocked by it, or may be, or it is not certain. */
    WARNING,
    /** The service cannot work with the provider like this. */
    FAILED
}
