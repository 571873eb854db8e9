package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.deprovision.StepRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * When to look whether an accepted request has had its effect: providers may do it later, or never. The reads follow
 * after 0, 1, 2, 4 and 8 s, so the last one is 15 s after the answer. Each further round of requests for the same
 * purpose doubles these pauses.
 */
final class VerificationSchedule {

    private static final int[] LOOKS_AFTER_SECONDS = {1, 3, 7, 15};
    private static final Duration LAST_LOOK = Duration.ofSeconds(15);
    private static final int MAX_DOUBLINGS = 6;

    private VerificationSchedule() {}

    /** The pause until the next look; empty when the last one has been, or when nothing was accepted. */
    static Optional<Duration> untilNextRead(StepRecord step, Instant now) {
        var sent = step.sent();
        var accepted = sent.acceptedAt();
        if (accepted == null) {
            return Optional.empty();
        }
        long stretch = 1L << Math.clamp(sent.rounds() - 1, 0, MAX_DOUBLINGS);
        return Arrays.stream(LOOKS_AFTER_SECONDS)
                .mapToObj(seconds -> Duration.between(now, accepted.plusSeconds(seconds * stretch)))
                .filter(Duration::isPositive)
                .findFirst()
                // A clock that was set back meanwhile puts the look off no further than the last one.
                .map(pause -> shorter(pause, LAST_LOOK.multipliedBy(stretch)));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
