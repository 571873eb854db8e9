package dev.deprovisioner.upstream.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deprovisioner.testbed.Seed;
import dev.deprovisioner.testbed.SteppedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many requests several processes send, whenever and for how many callers they need permits. */
class SharedRateLimiterTest {

    private static final RateLimit LIMIT = new RateLimit(300, Duration.ofSeconds(10), null);
    private static final long SEED = Seed.of("seed");

    private final SteppedTime time = new SteppedTime();
    private final Random random = new Random(SEED);
    private int asked;

    /** What the database does, without one. */
    private LongSupplier permits(RateLimit limit) {
        var bucket = io.github.bucket4j.Bucket.builder()
                .withCustomTimePrecision(time)
                .addLimit(BucketShape.of(limit).bandwidth())
                .build();
        return () -> {
            asked++;
            return bucket.tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill();
        };
    }

    private SharedRateLimiter process(RateLimit limit, LongSupplier permits) {
        return new SharedRateLimiter(BucketShape.of(limit), permits, brake -> {}, time, random);
    }

    @ParameterizedTest
    @CsvSource({
        "300, 60, ",
        "300, 10, ",
        "300, 1, ",
        "10, 1, ",
        "10, 60, ",
        "1, 60, ",
        "5, 60, ",
        "30, 60, 1",
        "2000, 1, 3",
        "7, 3, 5"
    })
    void neverSendMoreInAPeriodThanTheLimitAndABurst(int requests, int seconds, Integer burst) {
        var limit = new RateLimit(requests, Duration.ofSeconds(seconds), burst);
        var permits = permits(limit);
        var replicas = List.of(process(limit, permits), process(limit, permits), process(limit, permits));
        var sent = new ArrayList<Long>();
        long end = time.currentTimeNanos() + Duration.ofSeconds(4L * seconds).toNanos();
        while (time.currentTimeNanos() < end) {
            // Quiet times, bursts and steady demand.
            int busy = random.nextInt(8) == 0 ? 0 : random.nextInt(20);
            for (int i = 0; i < busy; i++) {
                if (replicas.get(random.nextInt(3)).take(1 + random.nextInt(2)) == 0) {
                    sent.add(time.currentTimeNanos());
                }
            }
            time.step(Duration.ofMillis(1 + random.nextInt(random.nextInt(20) == 0 ? 1000 * seconds : 40)));
        }
        assertThat(most(sent, limit.period())).as("seed %d", SEED).isLessThanOrEqualTo(requests + limit.capacity());
    }

    @ParameterizedTest
    @CsvSource({
        "300, 60, 1",
        "300, 60, 3",
        "300, 10, 1",
        "300, 10, 3",
        "300, 1, 2",
        "10, 1, 1",
        "10, 1, 3",
        "5, 60, 1",
        "5, 60, 3",
        "3000, 60, 3"
    })
    void useTheLimitWhenThereIsABacklog(int requests, int seconds, int processes) {
        var limit = new RateLimit(requests, Duration.ofSeconds(seconds), null);
        int periods = 20;
        var callers = new int[processes];
        Arrays.fill(callers, 1);

        int sent = IntStream.of(sent(limit, limit.period().multipliedBy(periods), callers))
                .sum();

        assertThat(sent)
                .as("seed %d", SEED)
                .isBetween((int) Math.floor(0.97 * requests * periods), requests * periods + limit.capacity());
    }

    /** A caller with a run in one process does not share its permits with a caller that waits in every process. */
    @ParameterizedTest
    @CsvSource({"300, 60, 1", "300, 10, 1", "3000, 60, 1", "300, 60, 2", "3000, 60, 2"})
    void takeMoreWhereSeveralCallersWait(int requests, int seconds, int others) {
        var limit = new RateLimit(requests, Duration.ofSeconds(seconds), null);
        var callers = IntStream.concat(
                        IntStream.of(2), IntStream.generate(() -> 1).limit(others))
                .toArray();

        var sent = sent(limit, limit.period().multipliedBy(4), callers);

        int all = IntStream.of(sent).sum();
        assertThat(sent[0]).as("of %d, seed %d", all, SEED).isGreaterThan(all * 6 / 10);
        assertThat(all).as("seed %d", SEED).isGreaterThan(requests * 97 / 100 * 4);
    }

    /** How many requests each process sends, of which so many callers' always wait. */
    private int[] sent(RateLimit limit, Duration length, int... callers) {
        var permits = permits(limit);
        var processes =
                IntStream.of(callers).mapToObj(i -> process(limit, permits)).toList();
        var sent = new int[callers.length];
        var next = new long[callers.length];
        long end = time.currentTimeNanos() + length.toNanos();
        for (; time.currentTimeNanos() < end; time.step(Duration.ofMillis(1))) {
            for (int i = 0; i < callers.length; i++) {
                long wait = 0;
                while (time.currentTimeNanos() >= next[i]
                        && (wait = processes.get(i).take(callers[i])) == 0) {
                    sent[i]++;
                }
                next[i] = Math.max(next[i], time.currentTimeNanos() + wait);
            }
        }
        return sent;
    }

    private static int most(List<Long> sent, Duration period) {
        int most = 0;
        int from = 0;
        for (int to = 0; to < sent.size(); to++) {
            while (sent.get(to) - sent.get(from) >= period.toNanos()) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }

    @Test
    void aPermitThatWasLongUnderWayIsNotUsed() {
        var limit = process(LIMIT, () -> {
            time.step(Duration.ofSeconds(1));
            return 0;
        });

        assertThat(limit.take(1)).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"1, 20", "2, 200"})
    void asksSeldomWhileThereIsNoPermit(int callers, int most) {
        var limit = process(LIMIT, () -> {
            asked++;
            return 1;
        });
        for (int millis = 0; millis < 1000; millis++) {
            limit.take(callers);
            time.step(Duration.ofMillis(1));
        }

        assertThat(asked).as("seed %d", SEED).isBetween(2, most);
    }

    @Test
    void withoutTheDatabaseThereIsNoPermitAndItIsNotAskedAgainAtOnce() {
        var limit = process(LIMIT, () -> {
            asked++;
            throw new IllegalStateException("no database");
        });

        assertThatThrownBy(() -> limit.take(1)).hasMessage("no database");
        assertThat(limit.take(1)).isPositive();
        assertThat(asked).isEqualTo(1);
    }
}
