package dev.deprovisioner.upstream.ratelimit;

import static dev.deprovisioner.upstream.ratelimit.SteppedDatabase.taken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.Pause;
import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.RateCap;
import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.RemainingQuota;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What processes that share a PostgreSQL share of what the provider asks for. */
@Tag("slow")
class PostgresSignalsTest {

    private static final RateLimit LIMIT = new RateLimit(3000, Duration.ofMinutes(1), null);

    private static final RateLimit GENEROUS = new RateLimit(1_000_000, Duration.ofSeconds(1), null);

    @RegisterExtension
    static final SteppedDatabase database = new SteppedDatabase();

    private final List<ProviderThrottle> throttle = new ArrayList<>();
    private final List<PostgresBucket> replicas =
            Stream.generate(this::replica).limit(3).toList();

    private PostgresBucket replica() {
        var own = new ProviderThrottle(database.clock(), LIMIT);
        throttle.add(own);
        return new PostgresBucket(database.connections(), LIMIT, own);
    }

    /** So that permits run out by the provider's count, and not by ours. */
    private static PostgresBucket generous(ProviderThrottle throttle) {
        database.sql("UPDATE upstream_limit SET permits = 1000, filled_at = clock_timestamp()");
        return new PostgresBucket(database.connections(), GENEROUS, throttle);
    }

    private static ProviderThrottle generous() {
        return new ProviderThrottle(database.clock(), GENEROUS);
    }

    @Test
    void aPauseOfOneIsOneOfAll() {
        replicas.get(0).publish(new Pause(Duration.ofMinutes(5)));

        assertThat(replicas.get(1).take()).isPositive();
        assertThat(replicas.get(2).take()).isPositive();
        assertThat(Duration.ofNanos(throttle.get(1).pauseLeft())).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void aShorterPauseDoesNotEndALongerOne() {
        replicas.get(0).publish(new Pause(Duration.ofMinutes(5)));
        replicas.get(1).publish(new Pause(Duration.ofSeconds(1)));

        replicas.get(2).take();

        assertThat(Duration.ofNanos(throttle.get(2).pauseLeft())).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void theLowerRateOfOneIsThatOfAll() {
        replicas.get(0).publish(RateCap.policy(10, Duration.ofHours(1)));
        replicas.get(2).publish(RateCap.policy(100, Duration.ofHours(1)));

        replicas.get(1).take();
        replicas.get(1).take();

        assertThat(throttle.get(1).slow())
                .isNotNull()
                .extracting(RateCap::requests, RateCap::period)
                .containsExactly(10L, Duration.ofHours(1));
        assertThat(Duration.ofNanos(replicas.get(1).take())).isGreaterThan(Duration.ofMinutes(1));
    }

    @Test
    void theFirstPermitAfterwardsIsOfTheLowerRateToo() {
        var replica = generous(generous());
        replica.take();
        database.sql("UPDATE upstream_limit SET permits = 16, filled_at = clock_timestamp()");

        replicas.get(0).publish(RateCap.policy(2, Duration.ofHours(1)));

        assertThat(taken(replica, 16)).isLessThanOrEqualTo(1);
    }

    @Test
    void aPolicyThatIsSaidAgainLastsLonger() {
        replicas.get(0).publish(RateCap.policy(10, Duration.ofHours(1)));
        long lasts = database.secondsTo("slowed_until");
        database.pass(Duration.ofSeconds(lasts - 60));

        replicas.get(1).publish(RateCap.policy(10, Duration.ofHours(1)));

        assertThat(database.secondsTo("slowed_until")).isEqualTo(lasts);
    }

    @Test
    void allTogetherTakeNoMoreThanWhatIsLeftOfAWindow() {
        var first = generous(generous());
        var second = generous(generous());
        second.take();
        first.publish(new RemainingQuota(10, Duration.ofSeconds(9)));

        assertThat(taken(second, 4)).isEqualTo(4);
        assertThat(taken(first, 4)).isEqualTo(4);
        assertThat(taken(second, 4)).isEqualTo(2);
        long none = first.take();

        assertThat(Duration.ofNanos(none)).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void permitsAreNotGrantedTwiceWhenTheQuotaIsReportedAgain() {
        var replica = generous(generous());
        replica.publish(new RemainingQuota(10, Duration.ofSeconds(9)));
        assertThat(taken(replica, 8)).isEqualTo(8);

        replica.publish(new RemainingQuota(5, Duration.ofSeconds(9)));
        replica.publish(new RemainingQuota(9, Duration.ofSeconds(9)));

        assertThat(taken(replica, 8)).isEqualTo(2);
    }

    @Test
    void aWindowThatIsUsedUpPausesTheProcessThatFindsItSo() {
        var known = generous();
        var replica = generous(known);
        replica.publish(new RemainingQuota(2, Duration.ofSeconds(40)));
        assertThat(taken(replica, 2)).isEqualTo(2);
        assertThat(known.pauseLeft()).isNotPositive();

        assertThat(replica.take()).isPositive();

        assertThat(Duration.ofNanos(known.pauseLeft())).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void aProcessThatDoesNotKnowOfAWindowTakesFromIt() {
        var replica = generous(generous());
        replica.publish(new RemainingQuota(10, Duration.ofSeconds(9)));
        assertThat(taken(replica, 8)).isEqualTo(8);

        assertThat(taken(generous(generous()), 8)).isEqualTo(2);

        assertThat(taken(replica, 8)).isZero();
    }

    @Test
    void lessThanWasThoughtToBeLeftIsKeptByAll() {
        var replica = generous(generous());
        replica.publish(new RemainingQuota(100, Duration.ofSeconds(9)));
        replica.take();

        replicas.get(0).publish(new RemainingQuota(3, Duration.ofSeconds(8)));

        assertThat(taken(replica, 8)).isEqualTo(3);
        assertThat(database.secondsTo("left_until"))
                .as("the end of the same window")
                .isEqualTo(9);
    }

    /** The process with the next grant may never have known of the window. */
    @Test
    void thePermitsOfAWindowEndWithIt() {
        var quiet = generous(generous());
        quiet.take();
        var other = generous(generous());
        other.publish(new RemainingQuota(2, Duration.ofSeconds(1)));
        taken(other, 8);
        assertThat(taken(other, 8)).isZero();

        database.pass(Duration.ofSeconds(1));

        assertThat(taken(quiet, 1)).isEqualTo(1);
    }

    @Test
    void asManyMayBeLeftOfTheNextWindow() {
        var replica = generous(generous());
        replica.publish(new RemainingQuota(2, Duration.ofSeconds(1)));
        assertThat(taken(replica, 8)).isEqualTo(2);
        database.pass(Duration.ofSeconds(1));

        replica.publish(new RemainingQuota(2, Duration.ofSeconds(9)));

        assertThat(taken(replica, 8)).isEqualTo(2);
        assertThat(taken(replica, 8)).isZero();
    }

    @Test
    void aProcessDoesNotWaitForARateCapThatOnlyAnotherStillApplies() {
        var quiet = generous(generous());
        quiet.take();
        var slowed = generous(generous());
        slowed.publish(RateCap.policy(1, Duration.ofHours(1)));
        taken(slowed, 8);
        database.sql("UPDATE upstream_limit SET slowed_until = clock_timestamp() - INTERVAL '1 second'");

        assertThat(quiet.take()).isEqualTo(Duration.ofNanos(1000).toNanos());
    }

    @Test
    void nothingIsKeptOfADatabaseWhoseClockHasGoneBack() {
        var replica = generous(generous());
        var another = generous(generous());
        replica.publish(new RemainingQuota(2, Duration.ofSeconds(9)));
        taken(replica, 8);
        database.sql(
                "UPDATE upstream_limit SET filled_at = filled_at + INTERVAL '1 hour', left_until = left_until + INTERVAL '1 hour'");

        assertThat(taken(another, 8)).isZero();
        database.pass(Duration.ofSeconds(1));
        assertThat(another.take()).isZero();
    }

    @Test
    void nothingLeftIsAPauseForAll() {
        throttle.get(0).apply(new RemainingQuota(0, Duration.ofSeconds(30))).forEach(replicas.get(0)::publish);

        assertThat(replicas.get(1).take()).isPositive();
        assertThat(Duration.ofNanos(throttle.get(1).pauseLeft())).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aLowerRateEnds() {
        replicas.get(0).publish(RateCap.policy(10, Duration.ofHours(1)));
        replicas.get(0).take();
        replicas.get(0).take();
        assertThat(replicas.get(1).take()).isPositive();
        database.pass(Duration.ofSeconds(database.secondsTo("slowed_until")));

        assertThat(replicas.get(1).take()).isZero();
    }

    @Test
    void impossibleTimesSlowAndPauseNoProcess() {
        database.sql("UPDATE upstream_limit SET paused_until = clock_timestamp() + INTERVAL '100 years',"
                + " slowed_until = clock_timestamp() + INTERVAL '100 years', slowed_requests = 1, slowed_millis = 9,"
                + " left_until = clock_timestamp() + INTERVAL '100 years', left_requests = 1");

        replicas.get(0).take();

        assertThat(throttle.get(0).pauseLeft()).isNotPositive();
        assertThat(throttle.get(0).slow()).isNull();
    }
}
