package dev.deprovisioner.deprovision;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of a run, in the words of the version that wrote its row.
 *
 * @param name as {@link Step} names it, or a newer version
 * @param state as {@link Step.State} names it, or a newer version
 * @param startedAt when it was first begun
 * @param latencyMs time spent in it, in milliseconds, without waits between attempts
 * @param requests requests to the provider so far
 */
public record RecordedStep(
        String name,
        String state,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        long latencyMs,
        int requests) {

    static RecordedStep of(StepRecord step) {
        return new RecordedStep(
                step.name().name(),
                step.state().name(),
                step.startedAt(),
                step.finishedAt(),
                step.latencyMs(),
                step.requests());
    }
}
