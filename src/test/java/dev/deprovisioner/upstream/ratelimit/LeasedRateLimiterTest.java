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
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many requests several processes send, whenever and however they lease and use their permits. */
class LeasedRateLimiterTest {

    private static final RateLimit LIMIT = new RateLimit(300, Duration.ofSeconds(10), null);
    private static final long SEED = Seed.of("seed");

    private final SteppedTime time = new SteppedTime();
    private final Random random = new Random(SEED);
    private final List<Long> asked = new ArrayList<>();

    /** What the database does, without one. */
    private LongFunction<PermitGrant> lender(BucketShape refill) {
        var bucket = io.github.bucket4j.Bucket.builder()
                .withCustomTimePrecision(time)
                .addLimit(refill.configuration(null).getBandwidths()[0])
                .build();
        return permits -> {
            asked.add(permits);
            return PermitGrant.of(bucket.asVerbose().tryConsumeAsMuchAsPossible(permits));
        };
    }

    private LeasedRateLimiter limit(LeaseConfig terms, LongFunction<PermitGrant> lender) {
        return new LeasedRateLimiter(terms, lender, brake -> {}, time, random);
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
        var terms = LeaseConfig.of(limit);
        var lender = lender(terms.refill());
        var replicas = List.of(limit(terms, lender), limit(terms, lender), limit(terms, lender));
        var sent = new ArrayList<Long>();
        long end = time.currentTimeNanos() + Duration.ofSeconds(4L * seconds).toNanos();
        while (time.currentTimeNanos() < end) {
            // Quiet times, bursts and steady demand; a replica may use what it has leased as late as it can.
            int busy = random.nextInt(8) == 0 ? 0 : random.nextInt(20);
            for (int i = 0; i < busy; i++) {
                if (replicas.get(random.nextInt(3)).take(1 + random.nextInt(16), 1 + random.nextInt(2)) == 0) {
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
    void leaseMoreWhereSeveralCallersWait(int requests, int seconds, int others) {
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
        var terms = LeaseConfig.of(limit);
        var lender = lender(terms.refill());
        var processes =
                IntStream.of(callers).mapToObj(i -> limit(terms, lender)).toList();
        var sent = new int[callers.length];
        var next = new long[callers.length];
        long end = time.currentTimeNanos() + length.toNanos();
        for (; time.currentTimeNanos() < end; time.step(Duration.ofMillis(1))) {
            for (int i = 0; i < callers.length; i++) {
                long wait = 0;
                while (time.currentTimeNanos() >= next[i]
                        && (wait = processes.get(i).take(16, callers[i])) == 0) {
                    sent[i]++;
                }
                next[i] = Math.max(next[i], time.currentTimeNanos() + wait);
            }
        }
        return sent;
    }

    @ParameterizedTest
    @CsvSource({"1, 200", "2, 700"})
    void takeFewLoansHoweverManyRequestsTheyHave(int callers, int loans) {
        var terms = LeaseConfig.of(new RateLimit(60_000, Duration.ofMinutes(1), null));
        var limit = limit(terms, lender(terms.refill()));
        int sent = 0;
        for (int i = 0; i < 60_000; i++) {
            sent += limit.take(16, callers) == 0 ? 1 : 0;
            time.step(Duration.ofMillis(1));
        }
        assertThat(sent).isGreaterThan(50_000);
        assertThat(asked).as("seed %d", SEED).hasSizeLessThan(loans);
    }

    /** The worst: a whole burst is leased in a quiet time and sent when the lease ends, and others send all they can. */
    @ParameterizedTest
    @CsvSource({"300, 60", "300, 10", "3000, 60", "3000, 1"})
    void aBurstThatIsSentAtTheEndOfItsLeaseCountsToo(int requests, int seconds) {
        var limit = new RateLimit(requests, Duration.ofSeconds(seconds), null);
        var terms = LeaseConfig.of(limit);
        var lender = lender(terms.refill());
        var late = limit(terms, lender);
        var busy = limit(terms, lender);
        time.step(limit.period());
        late.take(limit.capacity(), 1);
        time.step(terms.usable().minusMillis(1));

        long end = time.currentTimeNanos() + limit.period().toNanos();
        int sent = 0;
        while (late.take(1, 1) == 0) {
            sent++;
        }
        for (; time.currentTimeNanos() < end; time.step(Duration.ofMillis(1))) {
            while (busy.take(limit.capacity(), 1) == 0) {
                sent++;
            }
        }

        assertThat(sent).as("seed %d", SEED).isBetween(requests, requests + limit.capacity());
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
    void discardsWhatIsNotUsedWhenTheLeaseEnds() {
        var terms = LeaseConfig.of(LIMIT);
        var limit = limit(terms, permits -> {
            asked.add(permits);
            return new PermitGrant(asked.size() == 1 ? permits : 0, 1);
        });
        assertThat(limit.take(10, 1)).isZero();

        time.step(terms.length());

        assertThat(limit.take(1, 1)).isPositive();
        assertThat(asked).hasSize(2);
    }

    @Test
    void discardsALoanThatTookLongerThanItLasts() {
        var terms = LeaseConfig.of(LIMIT);
        var limit = limit(terms, permits -> {
            time.step(terms.length());
            return new PermitGrant(permits, 0);
        });

        assertThat(limit.take(10, 1)).isPositive();
    }

    @Test
    void leasesMoreAtOnceWhenItUsesMore() {
        var limit = limit(LeaseConfig.of(new RateLimit(60_000, Duration.ofMinutes(1), null)), permits -> {
            asked.add(permits);
            return new PermitGrant(permits, 0);
        });

        for (int i = 0; i < 5000; i++) {
            assertThat(limit.take(1, 1)).isZero();
        }

        assertThat(asked).startsWith(1L, 2L, 4L, 8L).hasSizeLessThan(20);
    }

    @Test
    void withoutALeaseThereIsNoPermitAndNoRequestForOneAtOnce() {
        var limit = limit(LeaseConfig.of(LIMIT), permits -> {
            asked.add(permits);
            throw new IllegalStateException("no database");
        });

        assertThatThrownBy(() -> limit.take(1, 1)).hasMessage("no database");
        assertThat(limit.take(1, 1)).isPositive();
        assertThat(asked).hasSize(1);
    }
}
