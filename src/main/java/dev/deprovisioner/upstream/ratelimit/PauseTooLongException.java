package dev.deprovisioner.upstream.ratelimit;

import java.time.Duration;

/** The provider has asked for a longer pause than the request may wait. */
public final class PauseTooLongException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration left;

    PauseTooLongException(Duration left) {
        super("The provider asks for a pause of another " + left);
        this.left = left;
    }

    /** How long the pause goes on. */
    public Duration left() {
        return left;
    }
}
