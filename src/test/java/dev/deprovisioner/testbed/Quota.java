package dev.deprovisioner.testbed;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A number of requests in a window, reported in the headers of Genesys Cloud; further requests are refused. A window
 * begins with the first request after the one before.
 */
final class Quota {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final int requests;
    private final Duration window;
    private final TimeMeter time;
    private long begin;
    private int count;

    Quota(int requests, Duration window, TimeMeter time) {
        this.requests = requests;
        this.window = window;
        this.time = time;
    }

    /** @param granted makes the answer to a request that is not refused */
    Answer answer(Supplier<Answer> granted) {
        var place = next();
        var seconds = String.valueOf(place.secondsLeft());
        var answer = place.number() > requests
                ? Answer.error(429, "Rate limit exceeded.").with("Retry-After", seconds)
                : granted.get();
        return answer.with("inin-ratelimit-count", String.valueOf(place.number()))
                .with("inin-ratelimit-allowed", String.valueOf(requests))
                .with("inin-ratelimit-reset", seconds);
    }

    private synchronized Place next() {
        long now = time.currentTimeNanos();
        if (count == 0 || now - begin >= window.toNanos()) {
            begin = now;
            count = 0;
        }
        count++;
        return new Place(count, Math.ceilDiv(begin + window.toNanos() - now, SECOND));
    }

    private record Place(int number, long secondsLeft) {}
}
