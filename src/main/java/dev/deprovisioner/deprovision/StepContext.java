package dev.deprovisioner.deprovision;

import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.schedule.Lease;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a step works with: its run, what this process has just seen of the group, and the record of its intents. */
public final class StepContext {

    private final Deprovisions runs;
    private final InstantSource clock;
    private final @Nullable Sighting lastSeen;
    private final @Nullable Problem overdue;
    private final Lease lease;
    private Deprovision run;

    StepContext(
            Deprovision run,
            @Nullable Sighting lastSeen,
            @Nullable Problem overdue,
            Lease lease,
            Deprovisions runs,
            InstantSource clock) {
        this.run = run;
        this.lastSeen = lastSeen;
        this.overdue = overdue;
        this.lease = lease;
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
    public Optional<Sighting> lastSeen() {
        return Optional.ofNullable(lastSeen).filter(Sighting::isFresh);
    }

    /** The group as it was validated. */
    public GroupSnapshot validated() {
        return runs.snapshot(run.id());
    }

    /**
     * Sends a destructive request, once it is committed that it will be.
     *
     * @param unguarded what it was decided on, if no version that goes with the request vouches for that; else null
     * @param request is given the check to make at the last moment, and throws a fault only where the request certainly
     *     had no effect
     * @throws Fault that of the request, or if it is too late for one
     */
    public <T> T sending(@Nullable Sighting unguarded, Function<Consumer<Duration>, T> request) {
        if (overdue != null) {
            throw new Fault(overdue, Fault.Recovery.NEVER);
        }
        run = runs.save(run.sent(Sent::intending));
        try {
            return request.apply(time -> {
                requireLease(time);
                requireUpToDate(unguarded);
            });
        } catch (Fault fault) {
            withdraw();
            throw fault;
        }
    }

    /** Whoever might have lost the run to another process, or is about to stop, sends nothing more. */
    private void requireLease(Duration time) {
        if (lease.left().compareTo(time) <= 0) {
            throw Fault.interrupted();
        }
    }

    /** Whoever had to wait too long for the turn of the request looks again first. */
    private static void requireUpToDate(@Nullable Sighting unguarded) {
        if (unguarded != null && unguarded.isOutdated()) {
            var problem = new Problem(
                    ProblemType.UPSTREAM_UNAVAILABLE,
                    "It took so long until the request could be sent that what it was decided on is out of date.",
                    "Nothing to do while it lasts: the run goes on by itself. If it does not pass, check the provider's"
                            + " connection, and deprovisioner.upstream.rate-limit.");
            throw new Fault(problem, Fault.Recovery.LATER);
        }
    }

    /** Notes that the provider has refused the request. */
    public void withdraw() {
        run = run.sent(Sent::withdrawn);
    }

    /** Notes that the provider has accepted the removal of some members, of more to come. */
    public void accepted(int members) {
        run = run.sent(sent -> sent.membersAccepted(members));
    }

    /** Notes that the provider has accepted all that there was to send. */
    public void accepted() {
        run = run.sent(sent -> sent.accepted(clock.instant()));
    }
}
