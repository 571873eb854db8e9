package dev.deprovisioner.benchmark.provider;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * How the provider behaves from now on.
 *
 * @param latency of each answer, from the arrival of its request
 * @param rate requests a second; 0 for no limit
 * @param burst requests at once after a quiet time
 * @param refuseEach the distance of requests that are refused with 429 whatever the rate is; 0 for none
 */
public record Behaviour(Duration latency, double rate, int burst, int refuseEach, State state) {

    /** Without latency and limit. */
    public static final Behaviour PLAIN = new Behaviour(Duration.ZERO, 0, 0, 0);

    public Behaviour(Duration latency, double rate, int burst, int refuseEach) {
        this(latency, rate, burst, refuseEach, new State(new TokenBucket(rate, burst), new AtomicLong()));
    }

    /** What is left of the limit, and how many requests there were. */
    record State(TokenBucket bucket, AtomicLong requests) {}

    public Behaviour withLatency(Duration value) {
        return new Behaviour(value, rate, burst, refuseEach);
    }

    public Behaviour withLimit(double perSecond, int atOnce) {
        return new Behaviour(latency, perSecond, atOnce, refuseEach);
    }

    public Behaviour refusingEach(int distance) {
        return new Behaviour(latency, rate, burst, distance);
    }

    /** @param text as {@link #text} writes it */
    static Behaviour of(String text) {
        if (text.isEmpty()) {
            return PLAIN;
        }
        var values = Arrays.stream(text.split(" ", -1)).collect(Collectors.toList());
        return new Behaviour(
                Duration.ofNanos(Long.parseLong(values.get(0))),
                Double.parseDouble(values.get(1)),
                Integer.parseInt(values.get(2)),
                Integer.parseInt(values.get(3)));
    }

    public String text() {
        return String.format(Locale.ROOT, "%d %f %d %d", latency.toNanos(), rate, burst, refuseEach);
    }

    long latencyNanos() {
        return latency.toNanos();
    }

    /** Counts this request. */
    boolean refuses(long now) {
        long number = state.requests.incrementAndGet();
        return (refuseEach > 0 && number % refuseEach == 0) || (rate > 0 && !state.bucket.take(now));
    }
}
