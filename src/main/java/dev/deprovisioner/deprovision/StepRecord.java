package dev.deprovisioner.deprovision;

import dev.deprovisioner.deprovision.Step.State;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The record of one step of a run.
 *
 * @param startedAt the first start of the step
 * @param latencyMs time spent in it, in milliseconds, without waits between attempts
 * @param requests requests to the provider so far
 * @param sent the destructive ones among them
 * @param absentSince when the first read without the group was sent, if no deletion of this run explains it. Null
 *     after a read that shows the group
 */
public record StepRecord(
        Step name,
        State state,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        long latencyMs,
        int requests,
        WriteIntents sent,
        @Nullable Instant absentSince) {

    static StepRecord pending(Step name) {
        return new StepRecord(name, State.PENDING, null, null, 0, 0, WriteIntents.NOTHING, null);
    }

    StepRecord started(Instant now) {
        return new StepRecord(
                name, State.RUNNING, startedAt == null ? now : startedAt, null, latencyMs, requests, sent, absentSince);
    }

    StepRecord spent(Effort effort) {
        return new StepRecord(
                name,
                state,
                startedAt,
                finishedAt,
                latencyMs + effort.time().toMillis(),
                requests + effort.requests(),
                sent,
                absentSince);
    }

    StepRecord sent(UnaryOperator<WriteIntents> change) {
        return new StepRecord(name, state, startedAt, finishedAt, latencyMs, requests, change.apply(sent), absentSince);
    }

    StepRecord ended(State end, Instant now) {
        return new StepRecord(name, end, startedAt, now, latencyMs, requests, sent.settled(), null);
    }

    StepRecord absentSince(@Nullable Instant first) {
        return new StepRecord(name, state, startedAt, finishedAt, latencyMs, requests, sent, first);
    }

    /** To be done again. */
    StepRecord reopened() {
        return new StepRecord(name, State.PENDING, startedAt, null, latencyMs, requests, sent.reopened(), null);
    }

    StepRecord skipped() {
        return new StepRecord(name, State.SKIPPED, startedAt, null, latencyMs, requests, sent, absentSince);
    }

    /** The cost of one attempt at a step. */
    public record Effort(Duration time, int requests) {}
}
