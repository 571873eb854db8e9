package dev.deprovisioner.deprovision;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a run began, goes on and ended.
 *
 * @param nextAttemptAt when a waiting run goes on, or a scheduled one begins; else null
 * @param attempt which attempt at the current step this is or was, from 1; 0 before the first
 * @param revalidations how often the group was not as it had been validated
 */
public record Timeline(
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant nextAttemptAt,
        int attempt,
        int revalidations) {

    private static final int MAX_REVALIDATIONS = 3;

    /** @param first when the first attempt is due, or null for at once */
    static Timeline beginningAt(@Nullable Instant first) {
        return new Timeline(null, null, first, 0, 0);
    }

    Timeline started(Instant now) {
        return new Timeline(startedAt == null ? now : startedAt, null, null, attempt + 1, revalidations);
    }

    Timeline nextStep() {
        return new Timeline(startedAt, null, null, 1, revalidations);
    }

    boolean mayRevalidate() {
        return revalidations < MAX_REVALIDATIONS;
    }

    Timeline revalidating() {
        return new Timeline(startedAt, null, null, 1, revalidations + 1);
    }

    /** @param attemptSpent false if the attempt shall not count */
    Timeline parked(Instant next, boolean attemptSpent) {
        return new Timeline(startedAt, null, next, attemptSpent ? attempt : attempt - 1, revalidations);
    }

    boolean isDue(Instant now) {
        return nextAttemptAt == null || !nextAttemptAt.isAfter(now);
    }

    Timeline finished(Instant now) {
        return new Timeline(startedAt, now, null, attempt, revalidations);
    }
}
