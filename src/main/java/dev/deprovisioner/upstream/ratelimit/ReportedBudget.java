package dev.deprovisioner.upstream.ratelimit;

import dev.deprovisioner.clock.MonotonicClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** The last report of the provider on its rate limit, as long as it holds. */
final class ReportedBudget {

    /** Of a report that does not say when its window ends. */
    private static final Duration HOLDS = Duration.ofMinutes(1);

    private final MonotonicClock time;
    private final AtomicReference<@Nullable Report> last = new AtomicReference<>();

    private record Report(RateBudget budget, long at) {}

    ReportedBudget(MonotonicClock time) {
        this.time = time;
    }

    /** Headers without a report change nothing. */
    void observe(HttpHeaders headers) {
        RateBudget.of(headers).ifPresent(budget -> last.set(new Report(budget, time.nanos())));
    }

    /** Empty if there was no report, or its window has ended. */
    Optional<RateBudget> left() {
        return Optional.ofNullable(last.get()).flatMap(this::left);
    }

    private Optional<RateBudget> left(Report report) {
        var reset = report.budget().reset();
        var left = (reset == null ? HOLDS : reset).minus(time.since(report.at()));
        if (!left.isPositive()) {
            return Optional.empty();
        }
        var budget = report.budget();
        return Optional.of(new RateBudget(budget.limit(), budget.remaining(), reset == null ? null : left));
    }

    /** Nothing is left for so long. */
    RateBudget usedUp(Duration pause) {
        var report = last.get();
        return new RateBudget(report == null ? null : report.budget().limit(), 0, pause);
    }
}
