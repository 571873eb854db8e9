package dev.deprovisioner.deprovision;

import dev.deprovisioner.deprovision.Step.State;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one step of a run.
 *
 * @param startedAt when it was first begun
 * @param latencyMs time spent in it, in milliseconds, the time parked not included
 * @param requests requests to the provider so far
 * @param intents destructive requests that were committed before they were sent
 * @param acceptedAt when the provider answered the last one with a 2xx; null while that is unknown
 */
public record StepRecord(
        Step name,
        State state,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        long latencyMs,
        int requests,
        int intents,
        @Nullable Instant acceptedAt) {

    static StepRecord pending(Step name) {
        return new StepRecord(name, State.PENDING, null, null, 0, 0, 0, null);
    }

    StepRecord started(Instant now) {
        return new StepRecord(
                name,
                State.RUNNING,
                startedAt == null ? now : startedAt,
                null,
                latencyMs,
                requests,
                intents,
                acceptedAt);
    }

    StepRecord spent(Effort effort) {
        return new StepRecord(
                name,
                state,
                startedAt,
                finishedAt,
                latencyMs + effort.time().toMillis(),
                requests + effort.requests(),
                intents,
                acceptedAt);
    }

    /** A new request may have its effect at any time, so what was known of the last one no longer counts. */
    StepRecord intending() {
        return new StepRecord(name, state, startedAt, finishedAt, latencyMs, requests, intents + 1, null);
    }

    /** The provider certainly did not act on the last request. */
    StepRecord withdrawn() {
        return new StepRecord(name, state, startedAt, finishedAt, latencyMs, requests, intents - 1, null);
    }

    StepRecord accepted(Instant now) {
        return new StepRecord(name, state, startedAt, finishedAt, latencyMs, requests, intents, now);
    }

    StepRecord ended(State end, Instant now) {
        return new StepRecord(name, end, startedAt, now, latencyMs, requests, intents, acceptedAt);
    }

    /** To be done again: that something was sent stays known, but what it was for is past. */
    StepRecord reopened() {
        return new StepRecord(name, State.PENDING, startedAt, null, latencyMs, requests, intents, null);
    }

    StepRecord skipped() {
        return new StepRecord(name, State.SKIPPED, startedAt, null, latencyMs, requests, intents, acceptedAt);
    }

    /** What one attempt at a step took. */
    record Effort(Duration time, int requests) {

        static final Effort NONE = new Effort(Duration.ZERO, 0);
    }
}
