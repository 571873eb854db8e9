package dev.deprovisioner.deprovision.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;

import dev.deprovisioner.deprovision.Blocker;
import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.DeprovisionCommand;
import dev.deprovisioner.deprovision.DeprovisionHistory;
import dev.deprovisioner.deprovision.DeprovisionService;
import dev.deprovisioner.deprovision.Runs;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.schedule.Lease;
import dev.deprovisioner.schedule.TaskQueue;
import dev.deprovisioner.testbed.SteppedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.parallel.Execution;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** The service, in which nothing runs by itself, and time passes only when waited for. */
@Import(SteppedTime.class)
@MockitoBean(name = "deprovisionQueue", types = TaskQueue.class)
@MockitoBean(name = "webhookQueue", types = TaskQueue.class)
@Execution(SAME_THREAD)
public abstract class SteppedService {

    private static final AtomicInteger GROUPS = new AtomicInteger();

    /** Another one for each test, as they share the database. */
    protected GroupId group = new GroupId("group-" + GROUPS.incrementAndGet());

    @Autowired
    protected SteppedTime time;

    @Autowired
    protected DeprovisionService deprovisioning;

    @Autowired
    protected DeprovisionHistory history;

    @Autowired
    protected JdbcClient jdbc;

    @Autowired
    private RunWorker run;

    /** How long the run is this process's, at each moment of an attempt. */
    protected Lease lease = () -> Duration.ofSeconds(20);

    protected Deprovision requested() {
        return requested(group);
    }

    protected Deprovision requested(GroupId of) {
        var order = new DeprovisionCommand(new Caller("portal"), null, "closing", null, false, null);
        return (Deprovision) deprovisioning.request(of, order, Runs.ANY_GROUP);
    }

    /** Requests the run and makes its first attempt. */
    public Deprovision begun() {
        return attempted(requested());
    }

    /** Makes the next attempt as soon as its time has come. */
    public Deprovision goneOn() {
        var waiting = latest();
        var next = Objects.requireNonNull(waiting.timeline().nextAttemptAt());
        if (next.isAfter(time.instant())) {
            time.step(Duration.between(time.instant(), next));
        }
        return attempted(waiting);
    }

    /** Makes as many attempts as it takes. */
    protected Deprovision ended() {
        return ended(begun());
    }

    public Deprovision ended(Deprovision run) {
        var now = run;
        for (int attempts = 1; !now.isTerminal(); attempts++) {
            assertThat(attempts).as("attempts of a run that does not end").isLessThan(200);
            now = goneOn();
        }
        return now;
    }

    private Deprovision attempted(Deprovision before) {
        var next = advance(before);
        var after = latest();
        assertThat(next).isEqualTo(after.timeline().nextAttemptAt());
        return after;
    }

    /** Makes an attempt at once, and returns when the next one is due. */
    public @Nullable Instant advance(Deprovision due) {
        return run.advance(due.id(), lease).orElse(null);
    }

    protected Deprovision latest() {
        return (Deprovision) history.latest(group).orElseThrow();
    }

    public List<Blocker> blockers(Deprovision end) {
        return history.blockers(end, 0, 100);
    }

    /** How long the run will wait. */
    public Duration pause() {
        return Duration.between(
                time.instant(), Objects.requireNonNull(latest().timeline().nextAttemptAt()));
    }

    /** @return why it ended */
    public static Problem assertEnd(Deprovision end, Status status, ProblemType type) {
        assertThat(end.status()).isEqualTo(status);
        assertThat(end.timeline().finishedAt()).isNotNull();
        assertThat(end.timeline().nextAttemptAt()).isNull();
        var problem = Objects.requireNonNull(end.verdict().problem());
        assertThat(problem.type()).isEqualTo(type);
        return problem;
    }

    public static void assertParked(Deprovision waiting, Step step, ProblemType problem) {
        assertThat(waiting.status()).isEqualTo(Status.WAITING);
        assertThat(waiting.step()).isEqualTo(step);
        assertThat(waiting.timeline().finishedAt()).isNull();
        assertThat(Objects.requireNonNull(waiting.verdict().problem()).type()).isEqualTo(problem);
        assertThat(waiting.timeline().nextAttemptAt()).isNotNull();
    }

    /** What the audit trail says of the group, such as {@code VALIDATE SUCCESS}. */
    protected List<String> trail() {
        return jdbc.sql("SELECT action || ' ' || status FROM audit_entry WHERE group_id = ? ORDER BY id")
                .param(group.value())
                .query((row, number) -> row.getString(1))
                .list();
    }
}
