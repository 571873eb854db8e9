package dev.deprovisioner.deprovision.run;

import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.Deprovisions;
import dev.deprovisioner.deprovision.GroupSnapshot;
import dev.deprovisioner.deprovision.Run;
import dev.deprovisioner.deprovision.WriteIntents;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.schedule.Lease;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;

/** The context of a step: its run, the latest read of the group by this process, and the record of its intents. */
public final class StepContext {

    private final Deprovisions runs;
    private final InstantSource clock;
    private final @Nullable ReadSnapshot lastSeen;
    private final @Nullable Problem overdue;
    private final Lease lease;
    private final BooleanSupplier turnIsOver;
    private Deprovision run;
    private WriteIntents beforeLast = WriteIntents.NOTHING;
    private @Nullable GroupSnapshot validated;

    StepContext(
            Deprovision run,
            @Nullable ReadSnapshot lastSeen,
            @Nullable Problem overdue,
            Lease lease,
            BooleanSupplier turnIsOver,
            Deprovisions runs,
            InstantSource clock) {
        this.run = run;
        this.lastSeen = lastSeen;
        this.overdue = overdue;
        this.lease = lease;
        this.turnIsOver = turnIsOver;
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

    /** The group as the step before read it in this very attempt. Empty after a restart or a pause. */
    public Optional<ReadSnapshot> lastSeen() {
        return Optional.ofNullable(lastSeen);
    }

    /** The group as it was validated. */
    public GroupSnapshot validated() {
        return findValidated().orElseThrow();
    }

    /** The group as this run has validated it last; empty while it has not. */
    public Optional<GroupSnapshot> findValidated() {
        if (validated == null && run.hasSeenGroup()) {
            validated = runs.findSnapshot(run.id()).orElse(null);
        }
        return Optional.ofNullable(validated);
    }

    /**
     * The earlier run of the group that failed after it had committed the intent to delete the group, if no later read
     * showed the group.
     */
    public Optional<Run> unresolvedDeletion() {
        return runs.unresolvedDeletion(run.groupId(), run.id());
    }

    /** The group as another run has validated it last; empty after its purge. */
    public Optional<GroupSnapshot> validatedBy(Run other) {
        return runs.findSnapshot(other.id());
    }

    /** Whether the run does not hold the group, because no read has shown yet that its caller is allowed to manage it. */
    public boolean isUnadmitted() {
        return !run.held();
    }

    /** @throws OptimisticLockingFailureException if the run was saved by another, such as by a caller that has cancelled it */
    public void requireOwnership() {
        if (!runs.isCurrent(run)) {
            throw new OptimisticLockingFailureException("Run " + run.id() + " has another owner");
        }
    }

    /**
     * To be called where an attempt that takes long can stop, and another can go on later.
     *
     * @throws WorkerYieldedException if the worker is needed for another caller's run
     */
    public void yieldWorkerIfNeeded() {
        if (turnIsOver.getAsBoolean()) {
            throw new WorkerYieldedException();
        }
    }

    /** Whether the caller wants the run to begin later. */
    public boolean isEarly() {
        var earliest = run.request().notBefore();
        return earliest != null && now().isBefore(earliest);
    }

    /**
     * Commits the intent to send a destructive request, then sends it.
     *
     * @param basis the read that the change is based on
     * @param byName whether the request can remove no other members than those that it names
     * @param removed the members that it removes, named or not
     * @param request sends it under the guard, and throws a fault only where the request certainly had no effect
     * @throws Fault that of the request, or if it is too late for one
     */
    public <T> T send(
            ReadSnapshot basis, boolean byName, Collection<MemberId> removed, Function<ChangeGuard, T> request) {
        if (overdue != null) {
            throw new Fault(overdue, Fault.Recovery.FAIL);
        }
        beforeLast = run.current().sent();
        run = runs.save(run.sent(sent -> byName ? sent.intending(removed) : sent.intendingAtLeast(removed)));
        try {
            return request.apply(new ChangeGuard(lease, basis, byName, () -> runs.isCurrent(run)));
        } catch (Fault fault) {
            run = run.sent(sent -> sent.withdrawn(beforeLast));
            throw fault;
        }
    }

    /** Notes that the provider has answered the last request, and certainly did not act on it. */
    public void withdraw() {
        run = run.sent(sent -> sent.withdrawn(beforeLast).refused());
    }

    /** Notes that the provider has accepted the removal of some members, of more to come. */
    public void recordAcceptedMembers(int members) {
        run = run.sent(sent -> sent.membersAccepted(members));
    }

    /** Notes that the provider certainly did not remove these members, each asked for alone. */
    public void recordRefusedMembers(Collection<MemberId> members) {
        run = run.sent(sent -> sent.membersRefused(members));
    }

    /** Notes that the provider has accepted all that there was to send. */
    public void recordRequestAccepted() {
        run = run.sent(sent -> sent.accepted(clock.instant()));
    }

    /** Notes that the last request met a conflict and had no effect. */
    public void recordConflict() {
        run = run.sent(WriteIntents::conflicted);
    }

    /** Notes that the provider does not accept this version in a request, though the group still has it. */
    public void recordRejectedVersion(String version) {
        run = run.sent(sent -> sent.rejecting(version));
    }

    /**
     * Holds the group, under the spelling of its id that the provider has shown.
     *
     * @return the other active run that holds the group under this spelling; empty if this run does
     */
    public Optional<DeprovisionId> hold(GroupId shown) {
        if (run.held() && shown.equals(run.providerGroupId())) {
            return Optional.empty();
        }
        try {
            run = runs.save(run.holding(shown));
            return Optional.empty();
        } catch (DuplicateKeyException e) {
            var holder = runs.holder(shown);
            if (holder.isPresent()) {
                run = run.spelled(shown);
            }
            // If the other run has just ended, the group is free.
            return holder.or(() -> hold(shown));
        }
    }

    /** Notes what a read shows of the members who were validated. */
    public void recordRead(GroupSnapshot group) {
        run = run.absentSince(null);
        switch (group.listing()) {
            case COMPLETE ->
                findValidated()
                        .filter(before -> !group.isOtherThan(before))
                        .ifPresent(before -> run = run.sent(sent -> afterRead(sent, before, group)));
            case PARTIAL, NONE -> run = run.sent(WriteIntents::afterUnclearRead);
        }
    }

    private static WriteIntents afterRead(WriteIntents sent, GroupSnapshot before, GroupSnapshot group) {
        var gone = group.goneSince(before);
        return gone.equals(before.ids()) ? sent.afterAllGone(gone) : sent.afterRead(gone);
    }

    /** Notes that a read does not show the group, which no deletion of this run explains. */
    public void recordAbsence() {
        if (run.current().absentSince() == null) {
            run = run.absentSince(clock.instant());
        }
    }

    /** Notes that the group is gone, and with it the members that requests of this run named. */
    public void recordGone() {
        findValidated().ifPresent(before -> run = run.sent(sent -> sent.afterAllGone(before.ids())));
    }
}
