package dev.deprovisioner.deprovision;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** How many runs have not ended, and for how long; counted now and then, so that a scrape costs no query. */
@Component
class ActiveRuns {

    /** @param oldest when the first of them was first started, or is or was due to */
    record Count(long runs, Instant oldest) {}

    private final Deprovisions runs;
    private final InstantSource clock;
    private volatile Map<Status, Count> counted = Map.of();

    ActiveRuns(Deprovisions runs, InstantSource clock, MeterRegistry meters) {
        this.runs = runs;
        this.clock = clock;
        for (var status : Status.active()) {
            Gauge.builder("deprovisions.active", () -> count(status))
                    .description("Runs that have not ended, by status; the same on every replica")
                    .tag("status", DeprovisionMetrics.label(status))
                    .register(meters);
            Gauge.builder("deprovisions.oldest", () -> age(status))
                    .description("Time since the oldest of them was due or first started; the same on every replica")
                    .baseUnit("seconds")
                    .tag("status", DeprovisionMetrics.label(status))
                    .register(meters);
        }
    }

    @Scheduled(fixedDelay = 15_000)
    void count() {
        counted = runs.countActive();
    }

    private long count(Status status) {
        var known = counted.get(status);
        return known == null ? 0 : known.runs();
    }

    private double age(Status status) {
        var known = counted.get(status);
        var age = known == null ? Duration.ZERO : Duration.between(known.oldest(), clock.instant());
        return Math.max(0, age.toMillis() / 1000.0);
    }
}
