package dev.deprovisioner.upstream;

import dev.deprovisioner.upstream.FailedAttempt.Reason;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.retry.RetryContext;
import org.springframework.retry.context.RetryContextSupport;

/** The tries of one request so far, counted by why they failed. */
final class RetryState extends RetryContextSupport {

    private final Map<Reason, Integer> failures = new EnumMap<>(Reason.class);
    private Duration throttledFor = Duration.ZERO;
    private int pausesWithoutLength;

    RetryState(@Nullable RetryContext parent) {
        super(parent);
    }

    void count(FailedAttempt failure) {
        failures.merge(failure.reason(), 1, Integer::sum);
        if (failure.reason() == Reason.THROTTLED) {
            throttledFor = throttledFor.plus(failure.notBefore());
            pausesWithoutLength += failure.notBefore().isZero() ? 1 : 0;
        }
    }

    int failedFor(Reason reason) {
        return failures.getOrDefault(reason, 0);
    }

    /** Tries that count against the maximum: a refusal without effect that names its pause, or a stale token, do not. */
    int spent() {
        return failures.values().stream().mapToInt(Integer::intValue).sum()
                - failedFor(Reason.THROTTLED)
                - failedFor(Reason.UNAUTHORIZED);
    }

    /** How often the provider asked for a pause without saying for how long. */
    int pausesWithoutLength() {
        return pausesWithoutLength;
    }

    /** The sum of the pauses that the provider asked for. */
    Duration throttledFor() {
        return throttledFor;
    }
}
