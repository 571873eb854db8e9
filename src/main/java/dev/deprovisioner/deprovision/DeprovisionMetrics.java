package dev.deprovisioner.deprovision;

import dev.deprovisioner.deprovision.Step.State;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** What Prometheus sees of runs. Labels come from closed sets only. */
@Component
class DeprovisionMetrics {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(50),
        Duration.ofMillis(200),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofSeconds(60),
        Duration.ofMinutes(3),
        Duration.ofMinutes(10),
        Duration.ofHours(1),
        Duration.ofHours(6),
        Duration.ofHours(24)
    };

    private final MeterRegistry meters;
    private final Deprovisions runs;
    private final Counter membersRemoved;
    private volatile Map<Status, Long> active = Map.of();

    DeprovisionMetrics(MeterRegistry meters, Deprovisions runs) {
        this.meters = meters;
        this.runs = runs;
        this.membersRemoved = Counter.builder("deprovision.members.removed")
                .description("Members who were removed from groups")
                .register(meters);
        for (var status : Status.active()) {
            Gauge.builder("deprovisions.active", () -> active.getOrDefault(status, 0L))
                    .description("Runs that have not ended, by status; the same on every replica")
                    .tag("status", label(status))
                    .register(meters);
        }
    }

    /** Counts the rows now and then, so that a scrape costs no query. */
    @Scheduled(fixedDelay = 5000)
    void countActive() {
        active = runs.countActive();
    }

    /** Counts what one recorded attempt has changed. */
    void recorded(Deprovision before, Deprovision after) {
        membersRemoved.increment(Math.max(0, removed(after) - removed(before)));
        for (var step : Step.values()) {
            var ended = after.steps().of(step);
            if (ended.finishedAt() != null && before.steps().of(step).finishedAt() == null) {
                timer("deprovision.step.duration", "Time spent in a step that ended, without the time parked")
                        .tag("step", label(step))
                        .tag("outcome", stepOutcome(after, ended))
                        .register(meters)
                        .record(Duration.ofMillis(ended.latencyMs()));
            }
        }
        if (after.isTerminal()) {
            ended(after);
        }
    }

    private void ended(Deprovision run) {
        var outcome = outcome(run);
        Counter.builder("deprovisions")
                .description("Runs that ended, by outcome")
                .tag("outcome", outcome)
                .register(meters)
                .increment();
        var started = run.timeline().startedAt();
        if (started != null) {
            timer("deprovision.duration", "Time from a run's first start to its end")
                    .tag("outcome", outcome)
                    .register(meters)
                    .record(Duration.between(
                            started, Objects.requireNonNull(run.timeline().finishedAt())));
        }
    }

    private static Timer.Builder timer(String name, String description) {
        return Timer.builder(name).description(description).serviceLevelObjectives(BUCKETS);
    }

    private static String outcome(Deprovision run) {
        var outcome = run.verdict().outcome();
        return outcome != null ? label(outcome) : label(run.status());
    }

    private static String stepOutcome(Deprovision run, StepRecord ended) {
        return ended.state() == State.SUCCEEDED ? "succeeded" : label(run.status());
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static int removed(Deprovision run) {
        return Objects.requireNonNullElse(run.progress().membersRemoved(), 0);
    }
}
