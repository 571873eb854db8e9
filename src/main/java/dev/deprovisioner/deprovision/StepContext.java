package dev.deprovisioner.deprovision;

import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Problem;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a step works with: its run, what this process has just seen of the group, and the record of its intents. */
public final class StepContext {

    private final Deprovisions runs;
    private final InstantSource clock;
    private final @Nullable Sighting lastSeen;
    private final @Nullable Problem overdue;
    private Deprovision run;

    StepContext(
            Deprovision run,
            @Nullable Sighting lastSeen,
            @Nullable Problem overdue,
            Deprovisions runs,
            InstantSource clock) {
        this.run = run;
        this.lastSeen = lastSeen;
        this.overdue = overdue;
        this.runs = runs;
        this.clock = clock;
    }

    /** The run as it is now. */
    public Deprovision run() {
        return run;
    }

    public Instant now() {
        return clock.instant();
    }

    /**
     * The group as the step before read it in this very walk. Empty after a restart or a pause; and after a while too,
     * unless the provider itself refuses a change that was decided on an older version.
     */
    public Optional<GroupSnapshot> lastSeen() {
        return Optional.ofNullable(lastSeen).filter(Sighting::isFresh).map(Sighting::group);
    }

    /** The group as it was validated. */
    public GroupSnapshot validated() {
        return runs.snapshot(run.id());
    }

    /**
     * Sends a destructive request, once it is committed that it will be.
     *
     * @param request throws a fault only where the request certainly had no effect
     * @throws Fault that of the request, or if it is too late for one
     */
    public <T> T sending(Supplier<T> request) {
        if (overdue != null) {
            throw new Fault(overdue, Fault.Recovery.NEVER);
        }
        run = runs.save(run.intending());
        try {
            return request.get();
        } catch (Fault fault) {
            withdraw();
            throw fault;
        }
    }

    /** Notes that the provider has refused the request. */
    public void withdraw() {
        run = run.withdrawn();
    }

    /** Notes that the provider has accepted the request. */
    public void accepted() {
        run = run.accepted(clock.instant());
    }
}
