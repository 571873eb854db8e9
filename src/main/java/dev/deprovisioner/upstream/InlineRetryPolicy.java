package dev.deprovisioner.upstream;

import dev.deprovisioner.upstream.FailedAttempt.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.retry.RetryContext;
import org.springframework.retry.RetryPolicy;

/**
 * Decides whether a failed attempt is repeated at once, or fails so that the run waits. It knows only the reasons of
 * {@link FailedAttempt}; {@link ResponseFailures} decides which status has which reason.
 */
final class InlineRetryPolicy implements RetryPolicy {

    private static final int MALFORMED_TRIES = 2;
    /** Of a request that is throttled where the provider names no pause. */
    private static final int TRIES_WITHOUT_LENGTH = 4;

    /** A change is decided on a read, which must not grow old while the change waits to be sent. */
    private static final Duration LONGEST_PAUSE_OF_A_CHANGE = Duration.ofSeconds(5);

    private final transient UpstreamProperties.Retry limits;
    private final boolean repeatable;

    /** @param repeatable whether sending the request twice is harmless, as for a read */
    InlineRetryPolicy(UpstreamProperties.Retry limits, boolean repeatable) {
        this.limits = limits;
        this.repeatable = repeatable;
    }

    /** The longest pause that is waited for here; a longer one is left to the run. */
    Duration longestPause() {
        boolean shorter = !repeatable && limits.maxDelay().compareTo(LONGEST_PAUSE_OF_A_CHANGE) > 0;
        return shorter ? LONGEST_PAUSE_OF_A_CHANGE : limits.maxDelay();
    }

    @Override
    public boolean canRetry(RetryContext context) {
        var last = context.getLastThrowable();
        return last == null || (last instanceof FailedAttempt failure && mayRetry((RetryState) context, failure));
    }

    private boolean mayRetry(RetryState tries, FailedAttempt failure) {
        if (failure.reason().isAmbiguous() && !repeatable) {
            return false;
        }
        if (failure.notBefore().compareTo(longestPause()) > 0) {
            return false;
        }
        return switch (failure.reason()) {
            case THROTTLED -> isWorthWaiting(tries);
            case UNAUTHORIZED -> tries.failedFor(Reason.UNAUTHORIZED) == 1;
            case TOKEN_REFUSED -> false;
            case MALFORMED -> tries.failedFor(Reason.MALFORMED) < MALFORMED_TRIES && hasTriesLeft(tries);
            case UNREACHABLE, NO_ANSWER, SERVER_ERROR -> hasTriesLeft(tries);
        };
    }

    private boolean hasTriesLeft(RetryState tries) {
        return tries.spent() < limits.maxAttempts();
    }

    /** Costs no attempt, but holds a worker: no longer than the other quick tries could. */
    private boolean isWorthWaiting(RetryState tries) {
        var longest = repeatable ? longestPause().multipliedBy(limits.maxAttempts()) : longestPause();
        return tries.throttledFor().compareTo(longest) <= 0
                && tries.pausesWithoutLength() < TRIES_WITHOUT_LENGTH
                && tries.failedFor(Reason.THROTTLED) < 4 * limits.maxAttempts();
    }

    @Override
    public RetryContext open(@Nullable RetryContext parent) {
        return new RetryState(parent);
    }

    @Override
    public void close(RetryContext context) {
        // Nothing is held.
    }

    @Override
    public void registerThrowable(RetryContext context, @Nullable Throwable throwable) {
        var tries = (RetryState) context;
        tries.registerThrowable(throwable);
        if (throwable instanceof FailedAttempt failure) {
            tries.count(failure);
        }
    }
}
