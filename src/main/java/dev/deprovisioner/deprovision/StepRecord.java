package dev.deprovisioner.deprovision;

import dev.deprovisioner.deprovision.Step.State;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one step of a run.
 *
 * @param startedAt when it was first begun
 * @param latencyMs time spent in it, in milliseconds, the time parked not included
 * @param requests requests to the provider so far
 * @param sent the destructive ones among them
 */
public record StepRecord(
        Step name,
        State state,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        long latencyMs,
        int requests,
        Sent sent) {

    static StepRecord pending(Step name) {
        return new StepRecord(name, State.PENDING, null, null, 0, 0, Sent.NOTHING);
    }

    StepRecord started(Instant now) {
        return new StepRecord(
                name, State.RUNNING, startedAt == null ? now : startedAt, null, latencyMs, requests, sent);
    }

    StepRecord spent(Effort effort) {
        return new StepRecord(
                name,
                state,
                startedAt,
                finishedAt,
                latencyMs + effort.time().toMillis(),
                requests + effort.requests(),
                sent);
    }

    StepRecord sent(UnaryOperator<Sent> change) {
        return new StepRecord(name, state, startedAt, finishedAt, latencyMs, requests, change.apply(sent));
    }

    StepRecord ended(State end, Instant now) {
        return new StepRecord(name, end, startedAt, now, latencyMs, requests, sent.confirmed());
    }

    /** To be done again. */
    StepRecord reopened() {
        return new StepRecord(name, State.PENDING, startedAt, null, latencyMs, requests, sent.reopened());
    }

    StepRecord skipped() {
        return new StepRecord(name, State.SKIPPED, startedAt, null, latencyMs, requests, sent);
    }

    /** What one attempt at a step took. */
    record Effort(Duration time, int requests) {

        static final Effort NONE = new Effort(Duration.ZERO, 0);
    }
}
