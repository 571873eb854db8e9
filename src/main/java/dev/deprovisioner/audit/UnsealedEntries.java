package dev.deprovisioner.audit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** How many entries wait to be sealed, and for how long; counted now and then, so that a scrape costs no query. */
@Component
class UnsealedEntries {

    /** @param oldest when the first of them was written; null if there are none */
    record Count(long entries, @Nullable Instant oldest) {}

    private final ChainStore chain;
    private final InstantSource clock;
    private volatile Count counted = new Count(0, null);

    UnsealedEntries(ChainStore chain, InstantSource clock, MeterRegistry meters) {
        this.chain = chain;
        this.clock = clock;
        Gauge.builder("audit.unsealed", () -> counted.entries())
                .description("Audit entries that are not sealed yet; the same on every replica")
                .register(meters);
        Gauge.builder("audit.unsealed.oldest", this::age)
                .description("Time since the oldest of them was written; the same on every replica")
                .baseUnit("seconds")
                .register(meters);
    }

    @Scheduled(fixedDelay = 15_000)
    void count() {
        counted = chain.countUnsealed();
    }

    private double age() {
        var oldest = counted.oldest();
        var age = oldest == null ? Duration.ZERO : Duration.between(oldest, clock.instant());
        return Math.max(0, age.toMillis() / 1000.0);
    }
}
