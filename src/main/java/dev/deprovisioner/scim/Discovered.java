package dev.deprovisioner.scim;

/** The answer to a read of what a provider says about its own API. No provider has to say it. */
public sealed interface Discovered<T> {

    /** The provider says it. */
    record Shown<T>(T value) implements Discovered<T> {}

    /**
     * The provider does not say it.
     *
     * @param answer what it answered, such as {@code HTTP 404}; no free text
     */
    record NotShown<T>(String answer) implements Discovered<T> {}
}
