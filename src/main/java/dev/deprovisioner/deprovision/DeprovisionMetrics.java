package dev.deprovisioner.deprovision;

import dev.deprovisioner.deprovision.Step.State;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The metrics of runs. Labels come from closed sets only. Counters are registered at the start: a query for an increase
 * misses the first event of a counter that appears with it.
 */
@Component
public class DeprovisionMetrics {

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

    private static final List<Status> WITH_PROBLEM = List.of(Status.WAITING, Status.BLOCKED, Status.FAILED);

    private final MeterRegistry meters;
    private final Counter membersRemoved;

    public DeprovisionMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.membersRemoved = Counter.builder("deprovision.members.removed")
                .description("Members who were removed from groups")
                .register(meters);
        for (var ending :
                List.of(Outcome.DELETED, Outcome.ALREADY_ABSENT, Status.BLOCKED, Status.FAILED, Status.CANCELLED)) {
            ended(label(ending));
        }
        for (var status : WITH_PROBLEM) {
            ProblemType.ofRuns().forEach(type -> problems(type, status));
        }
    }

    /** Counts what one recorded attempt has changed. */
    public void record(Deprovision before, Deprovision after) {
        membersRemoved.increment(Math.max(0, removed(after) - removed(before)));
        for (var step : Step.values()) {
            var ended = after.steps().of(step);
            if (ended.finishedAt() != null && before.steps().of(step).finishedAt() == null) {
                timer("deprovision.step.duration", "Time spent in a step that ended, without waits between attempts")
                        .tag("step", label(step))
                        .tag("outcome", stepOutcome(after, ended))
                        .register(meters)
                        .record(Duration.ofMillis(ended.latencyMs()));
            }
        }
        if (WITH_PROBLEM.contains(after.status())) {
            count(after.verdict().problem(), after.status());
        }
        if (after.isTerminal()) {
            recordEnd(after);
        }
    }

    private void count(@Nullable Problem problem, Status status) {
        if (problem != null) {
            problems(problem.type(), status).increment();
        }
    }

    private Counter problems(ProblemType type, Status status) {
        return Counter.builder("deprovision.problems")
                .description("Attempts after which a run waits, is blocked or has failed, by why")
                .tag("problem", type.slug())
                .tag("status", label(status))
                .register(meters);
    }

    private void recordEnd(Deprovision run) {
        var outcome = outcome(run);
        ended(outcome).increment();
        var started = run.timeline().startedAt();
        if (started != null) {
            timer("deprovision.duration", "Time from a run's first start to its end")
                    .tag("outcome", outcome)
                    .register(meters)
                    .record(Duration.between(
                            started, Objects.requireNonNull(run.timeline().finishedAt())));
        }
    }

    private Counter ended(String outcome) {
        return Counter.builder("deprovisions")
                .description("Runs that ended, by outcome")
                .tag("outcome", outcome)
                .register(meters);
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

    public static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static int removed(Deprovision run) {
        return Objects.requireNonNullElse(run.progress().membersRemoved(), 0);
    }
}
