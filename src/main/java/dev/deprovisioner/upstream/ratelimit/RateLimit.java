package dev.deprovisioner.upstream.ratelimit;

import dev.deprovisioner.setting.InvalidSetting;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An evenly refilled bucket, for all processes together that share a PostgreSQL.
 *
 * @param requests How many requests are sent in a period, evenly spread, by all processes that share the database.
 *     At least 4 a minute, at most 1000000, 0 for no limit.
 * @param period The time in which the requests are counted; from 1s to 1d.
 * @param burst How many requests may come at once after a quiet time; a tenth of the requests unless set.
 */
public record RateLimit(
        @DefaultValue("300") int requests,
        @DefaultValue("1m") Duration period,
        @Nullable Integer burst) {

    /** A request must end before its run's lease does, or another process may take the run over meanwhile. */
    public static final Duration LONGEST_REQUEST = Duration.ofSeconds(15);

    private static final String PREFIX = "deprovisioner.upstream.rate-limit.";
    private static final int MOST_REQUESTS = 1_000_000;
    private static final Duration SHORTEST_PERIOD = Duration.ofSeconds(1);
    private static final Duration LONGEST_PERIOD = Duration.ofDays(1);

    public RateLimit {
        require(requests >= 0 && requests <= MOST_REQUESTS, "requests", "must be from 0 to " + MOST_REQUESTS, "300");
        require(
                period.compareTo(SHORTEST_PERIOD) >= 0 && period.compareTo(LONGEST_PERIOD) <= 0,
                "period",
                "must be from 1s to 1d",
                "1m");
        require(burst == null || burst >= 1, "burst", "must be at least 1", "30");
    }

    /** In requests a second, infinite for no limit. */
    public double rate() {
        return requests == 0 ? Double.POSITIVE_INFINITY : requests * 1e9 / period.toNanos();
    }

    int capacity() {
        return burst != null ? burst : Math.ceilDiv(requests, 10);
    }

    private static void require(boolean valid, String name, String wrong, String example) {
        if (!valid) {
            throw new InvalidSetting(PREFIX + name + " " + wrong + ".", "Set it to, for example, " + example + ".");
        }
    }
}
