package dev.deprovisioner.http;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a {@code Retry-After} header: seconds, also fractional, or an HTTP date (RFC 9110, section 10.2.3). */
public final class RetryAfter {

    /** Longer than any deadline, and short enough to be counted in nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private static final Pattern SECONDS = Pattern.compile("(\\d{1,9})(\\.\\d{1,9})?");

    private RetryAfter() {}

    /** Zero when the header is missing, unreadable or in the past. */
    public static Duration parse(@Nullable String header, InstantSource clock) {
        if (header == null) {
            return Duration.ZERO;
        }
        var text = header.strip();
        if (SECONDS.matcher(text).matches()) {
            return bounded(
                    Duration.ofMillis(new BigDecimal(text).movePointRight(3).longValue()));
        }
        var now = clock.instant();
        return HttpDate.parse(text, now).map(date -> until(date, now)).orElse(Duration.ZERO);
    }

    /** From now to this moment, zero if it is over. */
    public static Duration until(Instant moment, Instant now) {
        var wait = Duration.between(now, moment);
        return wait.isNegative() ? Duration.ZERO : bounded(wait);
    }

    private static Duration bounded(Duration wait) {
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
