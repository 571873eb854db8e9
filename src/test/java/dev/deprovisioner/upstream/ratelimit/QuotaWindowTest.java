package dev.deprovisioner.upstream.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.testbed.Seed;
import dev.deprovisioner.testbed.SteppedTime;
import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.RemainingQuota;
import java.time.Duration;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests to a provider that counts in fixed windows, refuses further ones, and reports the rest in whole seconds. */
@Tag("slow")
class QuotaWindowTest {

    private static final long SEED = Seed.of("seed");
    private static final int IN_FLIGHT = 16;
    private static final int WINDOWS = 20;

    private final SteppedTime time = new SteppedTime();
    private final Random random = new Random(SEED);
    private final PriorityQueue<Step> steps = new PriorityQueue<>();
    private int inFlight;

    private record Step(long at, Runnable action) implements Comparable<Step> {
        @Override
        public int compareTo(Step other) {
            return Long.compare(at, other.at);
        }
    }

    private final class Provider {
        private final int requests;
        private final long window;
        private final boolean byItsClock;
        private long began;
        private int count;
        private int granted;
        private int refused;

        /** @param byItsClock or from the first request of each window on */
        Provider(int requests, Duration window, boolean byItsClock) {
            this.requests = requests;
            this.window = window.toMillis();
            this.byItsClock = byItsClock;
            this.began = -this.window;
        }

        RemainingQuota answer() {
            long now = time.millis();
            if (now - began >= window) {
                began = byItsClock ? now - now % window : now;
                count = 0;
            }
            count++;
            granted += count <= requests ? 1 : 0;
            refused += count <= requests ? 0 : 1;
            long reset = Math.ceilDiv(began + window - now, 1000);
            return new RemainingQuota(Math.max(0, requests - count), Duration.ofSeconds(reset));
        }
    }

    private void in(int millis, Runnable action) {
        steps.add(new Step(time.millis() + millis, action));
    }

    private void send(List<Provider> limits, ProviderThrottle throttle, int latency) {
        inFlight++;
        in(random.nextInt(latency) / 2 + 1, () -> {
            var answer = limits.stream().map(Provider::answer).toList();
            in(random.nextInt(latency) / 2 + 1, () -> {
                inFlight--;
                answer.forEach(left -> throttle.apply(left));
            });
        });
    }

    /** What the database does, without one. */
    private LongSupplier permits(RateLimit limit, ProviderThrottle throttle) {
        var one = new LocalRateLimiter(limit, throttle, time);
        return () -> one.take(1);
    }

    @ParameterizedTest
    @MethodSource
    void usesWhatTheProviderAllowsAndIsNotRefused(boolean shared, RateLimit limit, int allowed, int latency) {
        boolean isLong = limit.period().compareTo(Duration.ofSeconds(1)) > 0;
        var window = new Provider(allowed, limit.period(), isLong && random.nextBoolean());

        send(shared, limit, List.of(window), latency);

        assertUsed(window);
        assertThat(window.refused).as("seed %d", SEED).isZero();
    }

    @ParameterizedTest
    @CsvSource({"false, 20", "false, 500", "true, 20", "true, 500"})
    void keepsBothOfTwoLimitsAndUsesTheLower(boolean shared, int latency) {
        var limit = new RateLimit(300, Duration.ofMinutes(1), null);
        var longer = new Provider(200, Duration.ofMinutes(1), random.nextBoolean());
        var shorter = new Provider(45, Duration.ofSeconds(10), random.nextBoolean());

        send(shared, limit, List.of(shorter, longer), latency);

        assertUsed(longer);
        assertThat(longer.refused + shorter.refused)
                .as("seed %d, of which one is counted at a time", SEED)
                .isLessThan(longer.granted / 200);
    }

    private static void assertUsed(Provider provider) {
        assertThat(provider.granted / (double) (provider.requests * WINDOWS))
                .as("seed %d", SEED)
                .isGreaterThan(0.97);
    }

    private void send(boolean shared, RateLimit limit, List<Provider> limits, int latency) {
        var throttle = new ProviderThrottle(time, limit);
        var permits = shared
                ? new SharedRateLimiter(BucketShape.of(limit), permits(limit, throttle), brake -> {}, time, random)
                : new LocalRateLimiter(limit, throttle, time);
        time.step(Duration.ofMillis(random.nextInt(1000)));
        long end = time.millis() + WINDOWS * limit.period().toMillis();
        long next = 0;
        for (; time.millis() < end; time.step(Duration.ofMillis(1))) {
            while (!steps.isEmpty() && steps.peek().at() <= time.millis()) {
                steps.remove().action().run();
            }
            while (inFlight < IN_FLIGHT && time.currentTimeNanos() >= next && throttle.pauseLeft() <= 0) {
                long wait = permits.take(1);
                if (wait == 0) {
                    send(limits, throttle, latency);
                } else {
                    next = time.currentTimeNanos() + wait;
                }
            }
        }
    }

    static Stream<Arguments> usesWhatTheProviderAllowsAndIsNotRefused() {
        return Stream.of(false, true)
                .flatMap(shared -> Stream.of(
                                limited(300, 60, 300, 20),
                                limited(300, 60, 300, 500),
                                limited(300, 20, 300, 200),
                                limited(300, 10, 300, 50),
                                limited(300, 60, 299, 200),
                                limited(300, 60, 100, 200),
                                limited(3000, 60, 3000, 200),
                                limited(60, 60, 60, 200),
                                limited(10, 1, 10, 20))
                        .map(each -> Arguments.of(shared, each[0], each[1], each[2])));
    }

    private static Object[] limited(int requests, int seconds, int allowed, int latency) {
        return new Object[] {new RateLimit(requests, Duration.ofSeconds(seconds), null), allowed, latency};
    }
}
