package dev.deprovisioner.upstream;

import dev.deprovisioner.upstream.FailedAttempt.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumSet;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.springframework.retry.RetryContext;
import org.springframework.retry.backoff.BackOffContext;
import org.springframework.retry.backoff.BackOffInterruptedException;
import org.springframework.retry.backoff.BackOffPolicy;
import org.springframework.retry.backoff.Sleeper;

/** Exponential backoff with full jitter, but never shorter than the provider asks for. */
final class FullJitter implements BackOffPolicy {

    private final UpstreamProperties.Retry limits;
    private final RandomGenerator random;
    private final Sleeper sleeper;
    private final Consumer<Duration> pauseOfAll;
    private final MeterRegistry meters;

    /** @param pauseOfAll pauses all requests, where the provider asks for a pause without a length */
    FullJitter(
            UpstreamProperties.Retry limits,
            RandomGenerator random,
            Sleeper sleeper,
            Consumer<Duration> pauseOfAll,
            MeterRegistry meters) {
        this.limits = limits;
        this.random = random;
        this.sleeper = sleeper;
        this.pauseOfAll = pauseOfAll;
        this.meters = meters;
        // There from the start, so that the first event is seen; credentials that are refused are never tried again.
        EnumSet.complementOf(EnumSet.of(Reason.TOKEN_REFUSED)).forEach(this::retries);
    }

    private record Started(RetryState tries) implements BackOffContext {}

    @Override
    public BackOffContext start(RetryContext context) {
        return new Started((RetryState) context);
    }

    @Override
    public void backOff(BackOffContext context) {
        var tries = ((Started) context).tries();
        if (tries.getLastThrowable() instanceof FailedAttempt failure) {
            // Only where another try follows.
            retries(failure.reason()).increment();
            await(delay(tries, failure), failure.reason());
        }
    }

    private Counter retries(Reason reason) {
        return Counter.builder("upstream.retries")
                .description("Tries that were followed by another one, by why they failed")
                .tag("reason", reason.label())
                .register(meters);
    }

    private Duration delay(RetryState tries, FailedAttempt failure) {
        if (failure.reason() == Reason.UNAUTHORIZED) {
            return Duration.ZERO;
        }
        if (failure.reason() == Reason.THROTTLED && failure.notBefore().isPositive()) {
            // The shared pacing holds all requests until then already.
            return Duration.ZERO;
        }
        var jitter = jitter(Math.max(tries.getRetryCount(), 1));
        return jitter.compareTo(failure.notBefore()) > 0 ? jitter : failure.notBefore();
    }

    private Duration jitter(int failures) {
        var factor = 1L << Math.min(failures - 1, 20);
        var bound = Math.min(
                limits.baseDelay().toMillis() * factor, limits.maxDelay().toMillis());
        return Duration.ofMillis(random.nextLong(bound + 1));
    }

    /** While the service is throttled, separate waits of each request would keep the limit exceeded for the others. */
    private void await(Duration delay, Reason reason) {
        if (reason == Reason.THROTTLED) {
            pauseOfAll.accept(delay);
        } else {
            sleep(delay);
        }
    }

    private void sleep(Duration delay) {
        try {
            sleeper.sleep(delay.toMillis());
        } catch (InterruptedException e) {
            throw new BackOffInterruptedException("Interrupted between two tries", e);
        }
    }
}
