package dev.deprovisioner.providers;

/** What a provider makes of a removal in one of the forms. */
enum RemovalEffect {
    /** The members that it names leave. */
    REMOVES_NAMED,
    /** Every member leaves, also those that it does not name (RFC 7644, section 3.5.2.2, knows no value for a removal). */
    REMOVES_ALL,
    /** The answer is a success, and no member leaves. */
    IGNORED,
    /** The answer is 400. */
    REFUSED
}
