package dev.deprovisioner.providers;

/** The forms of a PATCH operation that removes members. */
enum RemovalForm {
    /** {@code path} is {@code members}, without a value. */
    ALL,
    /** {@code path} is {@code members[value eq "..."]}. */
    FILTERED,
    /** {@code path} is {@code members}, and {@code value} lists members. */
    VALUES
}
