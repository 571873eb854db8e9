package dev.deprovisioner.upstream.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.database.DatabaseKind;
import dev.deprovisioner.testbed.Postgres;
import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.Pause;
import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.RateCap;
import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.RemainingQuota;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** What processes that share a PostgreSQL lease of one limit, and tell each other. */
@Tag("slow")
class PostgresBucketTest {

    /** The database's time goes on by itself, so this process's does too. */
    private static final MonotonicClock CLOCK = System::nanoTime;

    private static final RateLimit LIMIT = new RateLimit(3000, Duration.ofMinutes(1), null);
    private static final LeaseConfig TERMS = LeaseConfig.of(LIMIT);

    private static final RateLimit GENEROUS = new RateLimit(1_000_000, Duration.ofSeconds(1), null);

    private static HikariDataSource database;

    private final List<ProviderThrottle> throttle = new ArrayList<>();
    private final List<PostgresBucket> replicas =
            Stream.generate(this::replica).limit(3).toList();

    @BeforeAll
    static void open() {
        var postgres = Postgres.create().migrated();
        database = new HikariDataSource();
        database.setJdbcUrl(postgres.url());
        database.setUsername(Postgres.APPLICATION);
        database.setPassword(Postgres.PASSWORD);
        database.setMaximumPoolSize(8);
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
        return new PostgresBucket(over, TERMS, true, own, CLOCK);
    }

    private static long granted(PostgresBucket replica, int loans) {
        return IntStream.range(0, loans)
                .mapToLong(i -> replica.grant(5).permits())
                .sum();
    }

    @Test
    void grantNoMoreThanTheLimitTogether() throws Exception {
        long began = CLOCK.nanos();
        long granted = 0;
        try (var threads = Executors.newFixedThreadPool(3)) {
            var all = replicas.stream()
                    .map(replica -> (Callable<Long>) () -> granted(replica, 100))
                    .toList();
            for (Future<Long> each : threads.invokeAll(all)) {
                granted += each.get();
            }
        }
        var refill = TERMS.refill();
        double refilled = refill.rate() * CLOCK.since(began).toNanos() / 1e9;
        assertThat((double) granted).isPositive().isLessThanOrEqualTo(refill.capacity() + refilled);
    }

    @Test
    void aBucketThatIsNewHasNoPermits() {
        assertThat(replicas.get(0).grant(1000).permits())
                .isLessThan(TERMS.refill().capacity());
    }

    @Test
    void sayWhenTheNextPermitComes() {
        var replica = replicas.get(0);
        var grant = replica.grant(100_000);

        assertThat(Duration.ofNanos(grant.nanosToNext())).isBetween(Duration.ofNanos(1), Duration.ofMillis(20));
    }

    @Test
    void aPauseOfOneIsOneOfAll() {
        replicas.get(0).publish(new Pause(Duration.ofMinutes(5)));

        assertThat(replicas.get(1).grant(1).permits()).isZero();
        assertThat(replicas.get(2).grant(1).permits()).isZero();
        assertThat(Duration.ofNanos(throttle.get(1).pauseLeft()))
                .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
    }

    @Test
    void aShorterPauseDoesNotEndALongerOne() {
        replicas.get(0).publish(new Pause(Duration.ofMinutes(5)));
        replicas.get(1).publish(new Pause(Duration.ofSeconds(1)));

        replicas.get(2).grant(1);

        assertThat(Duration.ofNanos(throttle.get(2).pauseLeft())).isGreaterThan(Duration.ofMinutes(4));
    }

    @Test
    void theLowerRateOfOneIsThatOfAll() {
        replicas.get(0).publish(RateCap.policy(10, Duration.ofHours(1)));
        replicas.get(2).publish(RateCap.policy(100, Duration.ofHours(1)));

        replicas.get(1).grant(1);
        replicas.get(1).grant(1);

        assertThat(throttle.get(1).slow())
                .isNotNull()
                .extracting(RateCap::requests, RateCap::period)
                .containsExactly(10L, Duration.ofHours(1));
        assertThat(Duration.ofNanos(replicas.get(1).grant(100).nanosToNext())).isGreaterThan(Duration.ofMinutes(1));
    }

    @Test
    void theFirstLoanAfterwardsIsOfTheLowerRateToo() {
        var limit = new RateLimit(1_000_000, Duration.ofSeconds(1), null);
        var own = new ProviderThrottle(CLOCK, limit);
        var replica = new PostgresBucket(database, LeaseConfig.of(limit), true, own, CLOCK);
        replica.grant(1);
        assertThat(replica.grant(16).permits()).as("which is full at once").isEqualTo(16);

        replicas.get(0).publish(RateCap.policy(2, Duration.ofHours(1)));

        assertThat(replica.grant(16).permits()).isLessThanOrEqualTo(1);
    }

    @Test
    void aPolicyThatIsSaidAgainLastsLonger() {
        replicas.get(0).publish(RateCap.policy(10, Duration.ofHours(1)));
        sql("UPDATE upstream_limit SET slowed_until = clock_timestamp() + INTERVAL '1 minute'");

        replicas.get(1).publish(RateCap.policy(10, Duration.ofHours(1)));

        assertThat(secondsTo("slowed_until")).isGreaterThan(3000);
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
        return new PostgresBucket(database, LeaseConfig.of(GENEROUS), true, throttle, CLOCK);
    }

    private static ProviderThrottle generous() {
        return new ProviderThrottle(CLOCK, GENEROUS);
    }

    @Test
    void allTogetherTakeNoMoreThanWhatIsLeftOfAWindow() {
        var first = generous(generous());
        var second = generous(generous());
        assertThat(second.grant(1).permits()).isNotNegative();
        first.publish(new RemainingQuota(10, Duration.ofSeconds(9)));

        assertThat(second.grant(4).permits()).isEqualTo(4);
        assertThat(first.grant(4).permits()).isEqualTo(4);
        assertThat(second.grant(4).permits()).isEqualTo(2);
        var none = first.grant(4);

        assertThat(none.permits()).isZero();
        assertThat(Duration.ofNanos(none.nanosToNext())).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(9));
    }

    @Test
    void permitsAreNotGrantedTwiceWhenTheQuotaIsReportedAgain() {
        var replica = generous(generous());
        replica.publish(new RemainingQuota(10, Duration.ofSeconds(9)));
        assertThat(replica.grant(8).permits()).isEqualTo(8);

        replica.publish(new RemainingQuota(5, Duration.ofSeconds(9)));
        replica.publish(new RemainingQuota(9, Duration.ofSeconds(9)));

        assertThat(replica.grant(8).permits()).isEqualTo(2);
    }

    @Test
    void aWindowThatIsUsedUpPausesTheProcessThatFindsItSo() {
        var known = generous();
        var replica = generous(known);
        replica.publish(new RemainingQuota(2, Duration.ofSeconds(40)));
        assertThat(replica.grant(8).permits()).isEqualTo(2);
        assertThat(known.pauseLeft()).isNotPositive();

        assertThat(replica.grant(8).permits()).isZero();

        assertThat(Duration.ofNanos(known.pauseLeft())).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(40));
    }

    @Test
    void aProcessThatHasNotReadAWindowYetCountsTheGrantsFromIt() {
        var teller = generous(generous());
        var meanwhile = new ArrayDeque<Runnable>();
        var slow = new PostgresBucket(
                new DelegatingDataSource(database) {
                    @Override
                    public Connection getConnection() throws SQLException {
                        Objects.requireNonNullElse(meanwhile.poll(), () -> {}).run();
                        return super.getConnection();
                    }
                },
                LeaseConfig.of(GENEROUS),
                true,
                generous(),
                CLOCK);
        slow.grant(1);
        meanwhile.add(() -> {});
        meanwhile.add(() -> {
            teller.publish(new RemainingQuota(10, Duration.ofSeconds(9)));
            assertThat(teller.grant(8).permits()).isEqualTo(8);
        });

        assertThat(slow.grant(8).permits()).isEqualTo(2);

        assertThat(teller.grant(8).permits()).isZero();
    }

    @Test
    void lessThanWasThoughtToBeLeftIsKeptByAll() {
        var replica = generous(generous());
        replica.publish(new RemainingQuota(100, Duration.ofSeconds(9)));
        replica.grant(1);

        replicas.get(0).publish(new RemainingQuota(3, Duration.ofSeconds(8)));

        assertThat(replica.grant(8).permits()).isEqualTo(3);
        assertThat(secondsTo("left_until")).as("the end of the same window").isGreaterThanOrEqualTo(8);
    }

    /** The process with the next grant may never have known of the window. */
    @Test
    void thePermitsOfAWindowEndWithIt() {
        var quiet = generous(generous());
        quiet.grant(1);
        var other = generous(generous());
        other.publish(new RemainingQuota(2, Duration.ofSeconds(1)));
        other.grant(8);
        assertThat(other.grant(8).permits()).isZero();

        await().until(() -> secondsTo("left_until") < 0);

        assertThat(quiet.grant(1).permits()).isEqualTo(1);
    }

    @Test
    void aPartialGrantAfterTheEndOfAWindowNeedsNoLongWait() {
        var quiet = generous(generous());
        quiet.grant(1);
        var other = generous(generous());
        other.publish(new RemainingQuota(3, Duration.ofSeconds(1)));
        assertThat(other.grant(8).permits()).isEqualTo(3);
        await().until(() -> secondsTo("left_until") < 0);

        assertThat(Duration.ofNanos(quiet.grant(100_000).nanosToNext())).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void asManyMayBeLeftOfTheNextWindow() {
        var replica = generous(generous());
        replica.publish(new RemainingQuota(2, Duration.ofSeconds(1)));
        assertThat(replica.grant(8).permits()).isEqualTo(2);
        await().until(() -> secondsTo("left_until") < 0);

        replica.publish(new RemainingQuota(2, Duration.ofSeconds(9)));

        assertThat(replica.grant(8).permits()).isEqualTo(2);
        assertThat(replica.grant(8).permits()).isZero();
    }

    @Test
    void aProcessDoesNotWaitForARateCapThatOnlyAnotherStillApplies() {
        var quiet = generous(generous());
        quiet.grant(1);
        var slowed = generous(generous());
        slowed.publish(RateCap.policy(1, Duration.ofHours(1)));
        slowed.grant(8);
        sql("UPDATE upstream_limit SET slowed_until = clock_timestamp() - INTERVAL '1 second'");

        assertThat(Duration.ofNanos(quiet.grant(100_000).nanosToNext())).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void nothingIsKeptOfADatabaseWhoseClockHasGoneBack() {
        var replica = generous(generous());
        replica.publish(new RemainingQuota(2, Duration.ofSeconds(9)));
        replica.grant(8);
        sql(
                "UPDATE upstream_limit SET leased_at = leased_at + INTERVAL '1 hour', left_until = left_until + INTERVAL '1 hour'");

        var another = generous(generous());
        another.grant(8);

        await().until(() -> another.grant(8).permits() > 0);
    }

    @Test
    void nothingLeftIsAPauseForAll() {
        throttle.get(0).apply(new RemainingQuota(0, Duration.ofSeconds(30)), 0).forEach(replicas.get(0)::publish);

        assertThat(replicas.get(1).grant(1).permits()).isZero();
        assertThat(Duration.ofNanos(throttle.get(1).pauseLeft()))
                .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
    }

    @Test
    void aLowerRateEnds() {
        replicas.get(0).publish(RateCap.policy(10, Duration.ofHours(1)));
        replicas.get(0).grant(1);
        replicas.get(0).grant(1);
        sql("UPDATE upstream_limit SET slowed_until = clock_timestamp()");

        await().until(() -> replicas.get(1).grant(1).permits() == 1);
    }

    @Test
    void impossibleTimesSlowAndPauseNoProcess() {
        sql("UPDATE upstream_limit SET paused_until = clock_timestamp() + INTERVAL '100 years',"
                + " slowed_until = clock_timestamp() + INTERVAL '100 years', slowed_requests = 1, slowed_millis = 9,"
                + " left_until = clock_timestamp() + INTERVAL '100 years', left_requests = 1");

        replicas.get(0).grant(1);

        assertThat(throttle.get(0).pauseLeft()).isNegative();
        assertThat(throttle.get(0).slow()).isNull();
    }

    @Test
    void nothingIsGrantedWithoutTheDatabase() {
        var gone = new HikariDataSource();
        gone.setJdbcUrl(database.getJdbcUrl());
        gone.setUsername(Postgres.APPLICATION);
        gone.setPassword(Postgres.PASSWORD);
        var replica = replica(gone);
        replica.grant(1);
        gone.close();

        assertThatThrownBy(() -> replica.grant(1)).isInstanceOf(DataAccessException.class);
        replica.publish(new Pause(Duration.ofSeconds(1)));
    }

    @Test
    void nothingIsGrantedWhenItsRowIsGone() {
        sql("DELETE FROM upstream_limit");

        assertThatThrownBy(() -> replicas.get(0).grant(1)).isInstanceOf(DataAccessException.class);
    }

    @Test
    void aProcessThatIsStoppedWithTheLockStopsNoOther() throws SQLException {
        try (var stopped = new IdleTimeoutDataSource(database).getConnection();
                var statement = stopped.createStatement()) {
            statement.execute("SELECT id FROM upstream_limit WHERE id = 1 FOR UPDATE");

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> replicas.get(0).grant(1).permits() == 1);
        } catch (SQLException e) {
            // The server has ended this session.
        }
    }

    @Test
    void goesOnWhenTheDatabasesClockHasGoneBack() {
        await().until(() -> replicas.get(0).grant(1).permits() == 1);
        sql("UPDATE upstream_limit SET leased_at = clock_timestamp() + INTERVAL '1 hour'");

        assertThat(replicas.get(1).grant(1000).permits())
                .isLessThan(TERMS.refill().capacity());
        await().until(() -> replicas.get(1).grant(1).permits() == 1);
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
