package dev.deprovisioner.deprovision;

import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Problem;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a step works with: its run, what this process has just seen of the group, and the record of its intents. */
public final class StepContext {

    private final Deprovisions runs;
    private final InstantSource clock;
    private final @Nullable GroupSnapshot lastSeen;
    private final @Nullable Problem overdue;
    private Deprovision run;

    StepContext(
            Deprovision run,
            @Nullable GroupSnapshot lastSeen,
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

    /** The group as the step before read it in this very walk; empty after a restart or a pause. */
    public Optional<GroupSnapshot> lastSeen() {
        return Optional.ofNullable(lastSeen);
    }

    /** The group as it was validated. */
    public GroupSnapshot validated() {
        return runs.snapshot(run.id());
    }

    /**
     * Commits to a destructive request; must return before the request is sent.
     *
     * @throws Fault if it is too late for one
     */
    public void intend() {
        if (overdue != null) {
            throw new Fault(overdue, Fault.Recovery.NEVER);
        }
        run = runs.save(run.intending());
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
