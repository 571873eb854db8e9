package dev.deprovisioner.upstream.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.database.DatabaseKind;
import dev.deprovisioner.testbed.Postgres;
import dev.deprovisioner.testbed.Seed;
import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.Pause;
import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.RateCap;
import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.RemainingQuota;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What processes that share a PostgreSQL take of one limit, and share of what the provider asks for. */
@Tag("slow")
class PostgresBucketTest {

    /** By which the database's time, and that of all processes, has been stepped. */
    private static final AtomicLong STEPPED = new AtomicLong();

    private static final MonotonicClock CLOCK = STEPPED::get;

    private static final RateLimit LIMIT = new RateLimit(3000, Duration.ofMinutes(1), null);

    private static final RateLimit GENEROUS = new RateLimit(1_000_000, Duration.ofSeconds(1), null);

    private static HikariDataSource database;

    private final List<ProviderThrottle> throttle = new ArrayList<>();
    private final List<PostgresBucket> replicas =
            Stream.generate(this::replica).limit(3).toList();

    @BeforeAll
    static void open() {
        var postgres = Postgres.create().migrated();
        stepTime(new JdbcTemplate(postgres.owner()));
        database = new HikariDataSource();
        database.setJdbcUrl(postgres.url() + "?currentSchema=stepped,pg_catalog,public");
        database.setUsername(Postgres.APPLICATION);
        database.setPassword(Postgres.PASSWORD);
        database.setMaximumPoolSize(8);
    }

    /** Statements find this {@code clock_timestamp()} before PostgreSQL's own. */
    private static void stepTime(JdbcTemplate owner) {
        owner.execute("CREATE SCHEMA stepped");
        owner.execute("GRANT USAGE ON SCHEMA stepped TO " + Postgres.APPLICATION);
        owner.execute("CREATE TABLE stepped.time AS SELECT pg_catalog.clock_timestamp() AS at");
        owner.execute("CREATE FUNCTION stepped.clock_timestamp() RETURNS TIMESTAMPTZ LANGUAGE SQL"
                + " AS 'SELECT at FROM stepped.time'");
    }

    private static void pass(Duration length) {
        sql("UPDATE stepped.time SET at = at + %d * INTERVAL '1 microsecond'".formatted(length.toNanos() / 1000));
        STEPPED.addAndGet(length.toNanos());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void asMigrated() {
        sql("DELETE FROM upstream_limit");
        sql("INSERT INTO upstream_limit (id) VALUES (1)");
    }

    private static void sql(String statement) {
        JdbcClient.create(database).sql(statement).update();
    }

    private PostgresBucket replica() {
        return replica(database);
    }

    private PostgresBucket replica(DataSource over) {
        var own = new ProviderThrottle(CLOCK, LIMIT);
        throttle.add(own);
        return new PostgresBucket(over, LIMIT, own);
    }

    private static long taken(PostgresBucket replica, int asked) {
        return LongStream.generate(replica::take)
                .limit(asked)
                .filter(toNext -> toNext == 0)
                .count();
    }

    @Test
    void grantNoMoreThanTheLimitTogether() throws Exception {
        replicas.get(0).take();
        pass(Duration.ofHours(1));
        long began = CLOCK.nanos();
        long granted = 0;
        try (var threads = Executors.newFixedThreadPool(3)) {
            var all = replicas.stream()
                    .map(replica -> (Callable<Long>) () -> takenInHalfASecond(replica))
                    .toList();
            for (Future<Long> each : threads.invokeAll(all)) {
                granted += each.get();
            }
        }
        double filled = LIMIT.rate() * CLOCK.since(began).toNanos() / 1e9;
        assertThat((double) granted).isBetween(295.0, LIMIT.capacity() + filled);
    }

    private static long takenInHalfASecond(PostgresBucket replica) {
        return IntStream.range(0, 500)
                .mapToLong(i -> {
                    pass(Duration.ofMillis(1));
                    return taken(replica, 1);
                })
                .sum();
    }

    @Test
    void noPeriodSeesMoreThanTheLimitAndABurst() {
        long seed = Seed.of("seed");
        var random = new Random(seed);
        var sent = new ArrayList<Duration>();
        for (int i = 0; i < 2000; i++) {
            if (replicas.get(random.nextInt(3)).take() == 0) {
                sent.add(Duration.ofNanos(CLOCK.nanos()));
            } else {
                pass(Duration.ofMillis(random.nextInt(random.nextInt(20) == 0 ? 10_000 : 100)));
            }
        }
        var period = Duration.ofSeconds(5);
        assertThat(sent)
                .as("seed %d", seed)
                .hasSizeGreaterThan(500)
                .allSatisfy(from -> assertThat(sent.stream()
                                .filter(at -> at.compareTo(from) >= 0
                                        && at.minus(period).compareTo(from) < 0))
                        .hasSizeLessThanOrEqualTo((int) (LIMIT.capacity() + 5 * LIMIT.rate())));
    }

    @Test
    void aBucketThatIsNewHasNoPermits() {
        assertThat(taken(replicas.get(0), 100)).isZero();
    }

    @Test
    void aBucketIsFilledUpToTheBurst() {
        replicas.get(0).take();
        pass(Duration.ofHours(1));

        assertThat(taken(replicas.get(1), 400)).isEqualTo(295);
    }

    @Test
    void saysWhenTheNextPermitComes() {
        sql("UPDATE upstream_limit SET permits = 0.5, filled_at = clock_timestamp()");

        assertThat(replicas.get(0).take()).isEqualTo(Duration.ofMillis(10).toNanos());

        pass(Duration.ofMillis(11));
        assertThat(replicas.get(0).take()).isZero();
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
        sql("UPDATE upstream_limit SET permits = 16, filled_at = clock_timestamp()");

        replicas.get(0).publish(RateCap.policy(2, Duration.ofHours(1)));

        assertThat(taken(replica, 16)).isLessThanOrEqualTo(1);
    }

    @Test
    void aPolicyThatIsSaidAgainLastsLonger() {
        replicas.get(0).publish(RateCap.policy(10, Duration.ofHours(1)));
        long lasts = secondsTo("slowed_until");
        pass(Duration.ofSeconds(lasts - 60));

        replicas.get(1).publish(RateCap.policy(10, Duration.ofHours(1)));

        assertThat(secondsTo("slowed_until")).isEqualTo(lasts);
    }

    private static long secondsTo(String column) {
        return JdbcClient.create(database)
                .sql("SELECT CAST(EXTRACT(EPOCH FROM " + column
                        + " - clock_timestamp()) AS BIGINT) FROM upstream_limit")
                .query(Long.class)
                .single();
    }

    /** So that permits run out by the provider's count, and not by ours. */
    private static PostgresBucket generous(ProviderThrottle throttle) {
        sql("UPDATE upstream_limit SET permits = 1000, filled_at = clock_timestamp()");
        return new PostgresBucket(database, GENEROUS, throttle);
    }

    private static ProviderThrottle generous() {
        return new ProviderThrottle(CLOCK, GENEROUS);
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
        assertThat(secondsTo("left_until")).as("the end of the same window").isEqualTo(9);
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

        pass(Duration.ofSeconds(1));

        assertThat(taken(quiet, 1)).isEqualTo(1);
    }

    @Test
    void asManyMayBeLeftOfTheNextWindow() {
        var replica = generous(generous());
        replica.publish(new RemainingQuota(2, Duration.ofSeconds(1)));
        assertThat(taken(replica, 8)).isEqualTo(2);
        pass(Duration.ofSeconds(1));

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
        sql("UPDATE upstream_limit SET slowed_until = clock_timestamp() - INTERVAL '1 second'");

        assertThat(quiet.take()).isEqualTo(Duration.ofNanos(1000).toNanos());
    }

    @Test
    void nothingIsKeptOfADatabaseWhoseClockHasGoneBack() {
        var replica = generous(generous());
        var another = generous(generous());
        replica.publish(new RemainingQuota(2, Duration.ofSeconds(9)));
        taken(replica, 8);
        sql(
                "UPDATE upstream_limit SET filled_at = filled_at + INTERVAL '1 hour', left_until = left_until + INTERVAL '1 hour'");

        assertThat(taken(another, 8)).isZero();
        pass(Duration.ofSeconds(1));
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
        pass(Duration.ofSeconds(secondsTo("slowed_until")));

        assertThat(replicas.get(1).take()).isZero();
    }

    @Test
    void impossibleTimesSlowAndPauseNoProcess() {
        sql("UPDATE upstream_limit SET paused_until = clock_timestamp() + INTERVAL '100 years',"
                + " slowed_until = clock_timestamp() + INTERVAL '100 years', slowed_requests = 1, slowed_millis = 9,"
                + " left_until = clock_timestamp() + INTERVAL '100 years', left_requests = 1");

        replicas.get(0).take();

        assertThat(throttle.get(0).pauseLeft()).isNotPositive();
        assertThat(throttle.get(0).slow()).isNull();
    }

    @Test
    void nothingIsGrantedWithoutTheDatabase() {
        var gone = new HikariDataSource();
        gone.setJdbcUrl(database.getJdbcUrl());
        gone.setUsername(Postgres.APPLICATION);
        gone.setPassword(Postgres.PASSWORD);
        var replica = replica(gone);
        replica.take();
        gone.close();

        assertThatThrownBy(replica::take).isInstanceOf(DataAccessException.class);
        replica.publish(new Pause(Duration.ofSeconds(1)));
    }

    @Test
    void nothingIsGrantedWhenItsRowIsGone() {
        sql("DELETE FROM upstream_limit");

        assertThatThrownBy(replicas.get(0)::take).isInstanceOf(DataAccessException.class);
    }

    @Test
    void goesOnWhenTheDatabasesClockHasGoneBack() {
        replicas.get(0).take();
        pass(Duration.ofSeconds(1));
        assertThat(replicas.get(0).take()).isZero();
        sql("UPDATE upstream_limit SET filled_at = clock_timestamp() + INTERVAL '1 hour'");

        assertThat(taken(replicas.get(1), 100)).isLessThanOrEqualTo(1);

        pass(Duration.ofSeconds(1));
        assertThat(replicas.get(1).take()).isZero();
    }

    @Test
    void isChosenByTheDatabase() throws SQLException {
        assertThat(DatabaseKind.of(database)).isEqualTo(DatabaseKind.POSTGRESQL);
        try (var embedded = new HikariDataSource()) {
            embedded.setJdbcUrl("jdbc:h2:mem:limit");
            assertThat(DatabaseKind.of(embedded)).isEqualTo(DatabaseKind.H2);
        }
    }
}
