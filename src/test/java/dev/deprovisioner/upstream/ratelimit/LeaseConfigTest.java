package dev.deprovisioner.upstream.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.testbed.Seed;
import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.RateCap;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How long and how much is leased of which limit. */
class LeaseConfigTest {

    private static LeaseConfig of(int requests, int seconds) {
        return LeaseConfig.of(new RateLimit(requests, Duration.ofSeconds(seconds), null));
    }

    @Test
    void leasesForASecondAndKeepsTheBurstSmallerByASecond() {
        var minute = Duration.ofMinutes(1);
        assertThat(of(300, 60)).isEqualTo(new LeaseConfig(Duration.ofSeconds(1), new BucketShape(300, minute, 25)));
    }

    @Test
    void leasesForAShorterTimeWhereTheBurstIsShort() {
        var ten = Duration.ofSeconds(10);
        assertThat(of(300, 10)).isEqualTo(new LeaseConfig(Duration.ofMillis(500), new BucketShape(300, ten, 15)));
    }

    @Test
    void aFewRequestsKeepTheirRateAndTheirBurst() {
        assertThat(of(5, 60).refill()).isEqualTo(new BucketShape(5, Duration.ofMinutes(1), 1));
    }

    @Test
    void holdsAnyLimitInAnyPeriodAndAtMostASecond() {
        long seed = Seed.of("seed");
        var random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            int requests = 1 + random.nextInt(random.nextInt(1_000_000) + 1);
            var period = Duration.ofMillis(random.nextLong(1000, 86_400_000));
            var burst = random.nextBoolean() ? null : Integer.valueOf(1 + random.nextInt(requests));
            var limit = new RateLimit(requests, period, burst);
            var terms = LeaseConfig.of(limit);
            // A bucket gives at most its capacity and what is refilled meanwhile.
            long meanwhile = period.toMillis() + terms.length().toMillis();
            long most = terms.refill().capacity() + terms.refill().requests() * meanwhile / period.toMillis();
            assertThat(most).as("seed %d, %s", seed, limit).isLessThanOrEqualTo((long) requests + limit.capacity());
            assertThat(terms.length()).isBetween(Duration.ofMillis(50), Duration.ofSeconds(1));
            if (burst == null) {
                assertThat(terms.refill().requests())
                        .as("seed %d, %s", seed, limit)
                        .isEqualTo(requests);
            }
        }
    }

    @Test
    void aPolicyHasATenthAtOnceLessWhatIsLeased() {
        var own = of(3000, 60);
        var policy = RateCap.policy(1000, Duration.ofMinutes(1));

        assertThat(own.refill().slowedBy(policy, own.length()))
                .isEqualTo(new BucketShape(1000, Duration.ofMinutes(1), 100 - 16));
    }

    @Test
    void aPolicyWithNoRoomForALeaseIsKeptByALowerRate() {
        var policy = RateCap.policy(2, Duration.ofSeconds(1));

        assertThat(of(300, 60).refill().slowedBy(policy, Duration.ofSeconds(1)))
                .isEqualTo(new BucketShape(1, Duration.ofSeconds(1), 1));
    }

    @Test
    void aPolicyNeverMakesItFaster() {
        var own = LeaseConfig.of(new RateLimit(100, Duration.ofSeconds(1), 1));
        assertThat(own.refill().requests()).isLessThan(99);

        assertThat(own.refill().slowedBy(RateCap.policy(99, Duration.ofSeconds(1)), own.length()))
                .isEqualTo(own.refill());
    }
}
