package dev.deprovisioner.upstream.ratelimit;

import static io.github.bucket4j.TokensInheritanceStrategy.AS_IS;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.Pause;
import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.RateCap;
import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.RemainingQuota;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketExceptions.BucketExecutionException;
import io.github.bucket4j.VerboseResult;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The bucket in PostgreSQL that all replicas lease permits from, and what the provider asks for of any of them. It is
 * filled by the database's time, so that it does not matter how the replicas' clocks differ. Without the database there
 * is no permit.
 */
final class PostgresBucket {

    private static final Logger log = LoggerFactory.getLogger(PostgresBucket.class);
    private static final long ID = 1;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final JdbcClient jdbc;
    private final BucketProxy bucket;
    private final LeaseConfig terms;
    private final boolean limited;
    private final ProviderThrottle throttle;
    private final DatabaseTimeMeter time;
    /** As all know it, by the database's clock. */
    private @Nullable QuotaWindow window;
    /** How this process has last said that the bucket is refilled. */
    private @Nullable BucketConfiguration current;

    /** @param limited whether permits are counted at all, or only what the provider asks for is shared */
    PostgresBucket(
            DataSource database, LeaseConfig terms, boolean limited, ProviderThrottle throttle, MonotonicClock clock) {
        this.jdbc = JdbcClient.create(database);
        this.terms = terms;
        this.limited = limited;
        this.throttle = throttle;
        this.time = new DatabaseTimeMeter(clock);
        this.bucket = Bucket4jPostgreSQL.selectForUpdateBasedBuilder(new IdleTimeoutDataSource(database))
                .table("upstream_limit")
                .clientClock(time)
                .requestTimeout(TIMEOUT)
                .addCustomColumn(new LeasedAtColumn())
                .build()
                .getProxy(ID, this::configuration);
    }

    private BucketConfiguration configuration() {
        return terms.refill().slowedBy(throttle.slow(), terms.length()).configuration(window);
    }

    /** @throws DataAccessException if the database does not say how many there are */
    PermitGrant grant(long asked) {
        observeOthers();
        if (throttle.pauseLeft() > 0) {
            return new PermitGrant(0, throttle.pauseLeft());
        }
        if (!limited) {
            return new PermitGrant(asked, 0);
        }
        var grant = countDown(asked);
        throttle.observe(grant);
        return grant;
    }

    private PermitGrant countDown(long asked) {
        try {
            var wanted = configuration();
            if (!wanted.equals(current)) {
                // First, so that no permit is leased at the previous rate.
                replace(wanted);
            }
            var taken = take(asked);
            var grant = PermitGrant.of(taken);
            if (taken.getConfiguration().equals(wanted)) {
                return grant;
            }
            // Another process has changed it since then, and may know more: read that before a request has to wait.
            observeOthers();
            replace(configuration());
            return grant.permits() < asked ? grant.and(PermitGrant.of(take(asked - grant.permits()))) : grant;
        } catch (BucketExecutionException e) {
            throw new DataAccessResourceFailureException("The permits for the provider cannot be counted", e);
        }
    }

    private VerboseResult<Long> take(long asked) {
        return bucket.asVerbose().tryConsumeAsMuchAsPossible(asked);
    }

    private void replace(BucketConfiguration wanted) {
        bucket.replaceConfiguration(wanted, AS_IS);
        current = wanted;
    }

    private void observeOthers() {
        jdbc.sql("""
                        SELECT CAST(EXTRACT(EPOCH FROM t) * 1000000 AS BIGINT) AS now_micros,
                               COALESCE(CEIL(EXTRACT(EPOCH FROM paused_until - t) * 1000), 0) AS pause_millis,
                               COALESCE(CEIL(EXTRACT(EPOCH FROM slowed_until - t) * 1000), 0) AS slow_millis,
                               slowed_requests, slowed_millis,
                               COALESCE(CEIL(EXTRACT(EPOCH FROM left_until - t) * 1000), 0) AS left_millis,
                               CAST(EXTRACT(EPOCH FROM left_until) * 1000000 AS BIGINT) AS left_until_micros, left_requests,
                               COALESCE(leased_at > t + INTERVAL '5 seconds', FALSE) AS time_went_back
                        FROM upstream_limit, clock_timestamp() AS t
                        WHERE id = :id""").param("id", ID).query(this::observe).single();
    }

    private boolean observe(ResultSet row, int number) throws SQLException {
        time.setTime(row.getLong("now_micros"));
        window = null;
        if (row.getBoolean("time_went_back")) {
            empty();
            return true;
        }
        observe(row.getLong("pause_millis"), pause -> throttle.apply(new Pause(pause), 0));
        long requests = row.getLong("slowed_requests");
        var period = Duration.ofMillis(row.getLong("slowed_millis"));
        observe(row.getLong("slow_millis"), lasting -> throttle.apply(new RateCap(requests, period, lasting), 0));
        long left = row.getLong("left_requests");
        long end = TimeUnit.MICROSECONDS.toNanos(row.getLong("left_until_micros"));
        observe(row.getLong("left_millis"), toEnd -> {
            window = new QuotaWindow(left, end);
            throttle.share(left, toEnd);
        });
        return true;
    }

    /** No process writes a longer time: it would come from a jump of the database's clock, so it is ignored. */
    private static void observe(long millis, Consumer<Duration> signal) {
        var lasting = Duration.ofMillis(millis);
        if (lasting.isPositive() && lasting.compareTo(ThrottleSignal.LONGEST) <= 0) {
            signal.accept(lasting);
        }
    }

    /** Else nothing would be refilled until the time is again what it was. */
    private void empty() {
        log.warn("Rate limit restarted without permits: the database's clock went back");
        jdbc.sql("""
                        UPDATE upstream_limit
                        SET state = NULL, leased_at = NULL, paused_until = NULL, slowed_until = NULL, left_until = NULL
                        WHERE id = :id""").param("id", ID).update();
    }

    /** A failure leaves the others to find out by themselves. */
    void publish(ThrottleSignal signal) {
        try {
            switch (signal) {
                case Pause(var length) -> publish(length);
                case RateCap slow -> publish(slow);
                case RemainingQuota left -> publish(left);
            }
        } catch (DataAccessException e) {
            log.warn("Limit of the provider not shared with other processes: {}", e.toString());
        }
    }

    private void publish(Duration pause) {
        jdbc.sql("""
                        UPDATE upstream_limit
                        SET paused_until = GREATEST(paused_until, clock_timestamp() + :millis * INTERVAL '1 millisecond')
                        WHERE id = :id""").param("millis", pause.toMillis()).param("id", ID).update();
    }

    private void publish(RateCap slow) {
        jdbc.sql("""
                        UPDATE upstream_limit
                        SET slowed_until = clock_timestamp() + :lasting * INTERVAL '1 millisecond',
                            slowed_requests = :requests, slowed_millis = :millis
                        WHERE id = :id AND (slowed_until IS NULL OR slowed_until <= clock_timestamp()
                              OR CAST(slowed_requests AS DOUBLE PRECISION) * :millis >= :requests * slowed_millis)""")
                .param("millis", slow.period().toMillis())
                .param("lasting", slow.lasting().toMillis())
                .param("requests", slow.requests())
                .param("id", ID)
                .update();
    }

    /** The same window keeps its end, as {@link QuotaWindow#isSame} says, and with it what is left of its permits. */
    private void publish(RemainingQuota left) {
        jdbc.sql("""
                        UPDATE upstream_limit
                        SET left_requests = :requests,
                            left_until = CASE WHEN left_until > now AND left_until BETWEEN until - INTERVAL '2 seconds'
                                                   AND until + INTERVAL '2 seconds' THEN left_until ELSE until END
                        FROM (SELECT t AS now, t + :millis * INTERVAL '1 millisecond' AS until
                              FROM clock_timestamp() AS t) AS told
                        WHERE id = :id AND (left_until IS NULL OR left_until <= now OR left_requests > :requests)""")
                .param("requests", left.requests())
                .param("millis", left.reset().toMillis())
                .param("id", ID)
                .update();
    }
}
