package dev.deprovisioner.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** When a delivery that failed is tried again: Standard Webhooks' schedule, with jitter so that receivers are not hit at once. */
final class DeliverySchedule {

    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    /** From the first try to the last, without jitter. */
    static final Duration LENGTH = PAUSES.stream().reduce(Duration.ZERO, Duration::plus);

    private static final double JITTER = 0.1;

    private DeliverySchedule() {}

    /**
     * The pause after so many failed tries, at least as long as the receiver asks; empty when there is no further try.
     */
    static Optional<Duration> pauseAfter(int tries, Duration retryAfter, RandomGenerator random) {
        if (tries > PAUSES.size()) {
            return Optional.empty();
        }
        var pause = PAUSES.get(tries - 1);
        var jitter = Duration.ofMillis((long) (pause.toMillis() * JITTER * random.nextDouble()));
        var jittered = pause.plus(jitter);
        return Optional.of(jittered.compareTo(retryAfter) > 0 ? jittered : retryAfter);
    }
}
