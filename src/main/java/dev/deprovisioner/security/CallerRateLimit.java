package dev.deprovisioner.security;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.problem.CallerProblems;
import dev.deprovisioner.problem.ProblemWriter;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Limits the rate of each caller over all routes; a request without a valid token is refused elsewhere. */
class CallerRateLimit extends CallerFilter {

    /** Only while more callers than these are busy within one period can one of them get more than its share. */
    static final int MAX_CALLERS = 10_000;

    private final CallerProperties.RateLimit limit;
    private final RequestMatcher uncounted;
    private final ProblemWriter problems;
    private final MonotonicClock time;
    private final Map<Caller, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Caller, Bucket> longestUnseen) {
            return size() > MAX_CALLERS;
        }
    };

    CallerRateLimit(
            CallerProperties.RateLimit limit, RequestMatcher uncounted, ProblemWriter problems, MonotonicClock time) {
        this.limit = limit;
        this.uncounted = uncounted;
        this.problems = problems;
        this.time = time;
    }

    private record Meter(MonotonicClock clock) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return clock.nanos();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return limit.requests() == 0 || uncounted.matches(request);
    }

    @Override
    void filter(Caller caller, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var probe = bucketOf(caller).tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            chain.doFilter(request, response);
        } else {
            refuse(request, response, probe);
        }
    }

    private Bucket bucketOf(Caller caller) {
        synchronized (buckets) {
            return buckets.computeIfAbsent(
                    caller,
                    name -> Bucket.builder()
                            .withCustomTimePrecision(new Meter(time))
                            .addLimit(b -> b.capacity(limit.requests()).refillGreedy(limit.requests(), limit.period()))
                            .build());
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, ConsumptionProbe probe)
            throws IOException {
        long seconds = Math.ceilDiv(probe.getNanosToWaitForRefill(), TimeUnit.SECONDS.toNanos(1));
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, seconds)));
        problems.write(request, response, CallerProblems.rateExceeded());
    }
}
