package dev.deprovisioner.upstream.ratelimit;

import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.Pause;
import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.RateCap;
import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.RemainingQuota;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The bucket in PostgreSQL that all replicas take permits from, and what the provider asks for of any of them. It is
 * filled by the database's time, so that it does not matter how the replicas' clocks differ. Without the database there
 * is no permit.
 *
 * <p>Each statement is its own transaction. So a process that is stopped holds no lock.
 */
final class PostgresBucket {

    private static final Logger log = LoggerFactory.getLogger(PostgresBucket.class);
    private static final long ID = 1;
    /** As the row says it at the time {@code t}. */
    private static final String SIGNALS = """
            CEIL(EXTRACT(EPOCH FROM paused_until - t) * 1000) AS pause_millis,
            CEIL(EXTRACT(EPOCH FROM slowed_until - t) * 1000) AS slow_millis, slowed_requests, slowed_millis,
            CEIL(EXTRACT(EPOCH FROM left_until - t) * 1000) AS left_millis, left_requests,
            filled_at > t + INTERVAL '5 seconds' AS time_went_back
            """;
    /**
     * Fills the bucket for the time since it was last filled, and takes a permit if there is one. The time may be from before
     * the wait for the row: then less is filled, and the time of the row is not moved back.
     */
    private static final String TAKE = """
            UPDATE upstream_limit
            SET permits = filled - taken, filled_at = GREATEST(filled_at, t),
                left_requests = CASE WHEN in_window THEN left_requests - taken ELSE left_requests END
            FROM (SELECT t, filled, in_window, CASE WHEN filled < 1 OR in_window AND left_now < 1 THEN 0 ELSE 1 END AS taken
                  FROM (SELECT t, left_requests AS left_now, left_until > t AND left_until <= t + INTERVAL '1 day' AS in_window,
                               LEAST(:capacity, COALESCE(permits, 0)
                                     + :rate * GREATEST(EXTRACT(EPOCH FROM t - filled_at), 0)) AS filled
                        FROM upstream_limit, clock_timestamp() AS t
                        WHERE id = :id
                        FOR UPDATE OF upstream_limit) AS locked) AS bucket
            WHERE id = :id
            RETURNING taken, permits, %s""".formatted(SIGNALS);

    private final JdbcClient jdbc;
    private final BucketShape own;
    private final ProviderThrottle throttle;

    PostgresBucket(DataSource database, RateLimit limit, ProviderThrottle throttle) {
        this.jdbc = JdbcClient.create(database);
        this.own = BucketShape.of(limit);
        this.throttle = throttle;
    }

    /**
     * Takes a permit.
     *
     * @return 0, or in how many nanoseconds there will be one
     * @throws DataAccessException if the database does not say whether there is one
     */
    long take() {
        var shape = shape();
        long toNext = take(shape);
        // Another process has shared a lower rate: a permit at the previous one is lost.
        return shape().equals(shape) ? toNext : take(shape());
    }

    private BucketShape shape() {
        return own.slowedBy(throttle.slow());
    }

    private long take(BucketShape shape) {
        return jdbc.sql(TAKE)
                .param("capacity", shape.capacity())
                .param("rate", shape.rate())
                .param("id", ID)
                .query((row, number) -> {
                    observe(row);
                    return row.getBoolean("taken") ? 0 : toNext(row.getDouble("permits"), shape);
                })
                .single();
    }

    private long toNext(double permits, BucketShape shape) {
        long toNextWindow = throttle.untilNextWindow();
        return toNextWindow > 0 ? toNextWindow : Math.max(1, (long) ((1 - permits) / shape.rate() * 1e9));
    }

    /** Learns what the provider has asked other processes for. */
    void observe() {
        jdbc.sql("SELECT " + SIGNALS + " FROM upstream_limit, clock_timestamp() AS t WHERE id = :id")
                .param("id", ID)
                .query((row, number) -> observe(row))
                .single();
    }

    private boolean observe(ResultSet row) throws SQLException {
        if (row.getBoolean("time_went_back")) {
            empty();
            return false;
        }
        observe(row.getLong("pause_millis"), pause -> throttle.apply(new Pause(pause)));
        long requests = row.getLong("slowed_requests");
        var period = Duration.ofMillis(row.getLong("slowed_millis"));
        observe(row.getLong("slow_millis"), lasting -> throttle.apply(new RateCap(requests, period, lasting)));
        long left = row.getLong("left_requests");
        observe(row.getLong("left_millis"), toEnd -> throttle.share(left, toEnd));
        return true;
    }

    /** No process writes a longer time: it would come from a jump of the database's clock, so it is ignored. */
    private static void observe(long millis, Consumer<Duration> signal) {
        var lasting = Duration.ofMillis(millis);
        if (lasting.isPositive() && lasting.compareTo(ThrottleSignal.LONGEST) <= 0) {
            signal.accept(lasting);
        }
    }

    /** Else nothing would be filled until the time is again what it was. */
    private void empty() {
        log.warn("Rate limit restarted without permits: the database's clock went back");
        jdbc.sql("""
                        UPDATE upstream_limit
                        SET permits = 0, filled_at = NULL, paused_until = NULL, slowed_until = NULL, left_until = NULL
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
                              FROM clock_timestamp() AS t) AS reported
                        WHERE id = :id AND (left_until IS NULL OR left_until <= now OR left_requests > :requests)""")
                .param("requests", left.requests())
                .param("millis", left.reset().toMillis())
                .param("id", ID)
                .update();
    }
}
