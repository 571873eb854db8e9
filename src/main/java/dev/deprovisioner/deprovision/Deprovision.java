package dev.deprovisioner.deprovision;

import dev.deprovisioner.deprovision.Step.State;
import dev.deprovisioner.deprovision.StepRecord.Effort;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.RunProblems;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One run, which removes one group. A value: every transition checks that it is allowed and returns the next one.
 *
 * @param version counts the saves, so that only the owner of the latest state can save the next
 * @param held whether it holds its group, or held it until its end. A run that does not has changed nothing
 * @param step the next work, or where the run ended
 * @param webhookSynced whether the receiver has confirmed; null while there is nothing to confirm
 */
public record Deprovision(
        DeprovisionId id,
        GroupId groupId,
        long version,
        boolean held,
        RunRequest request,
        Status status,
        Step step,
        Steps steps,
        Progress progress,
        Timeline timeline,
        RunResult verdict,
        @Nullable Boolean webhookSynced)
        implements Run {

    public static Deprovision requested(GroupId groupId, RunRequest request) {
        return requested(groupId, request, true);
    }

    /** @param held false if a read must first show that the caller is allowed to manage the group; it is due at once */
    static Deprovision requested(GroupId groupId, RunRequest request, boolean held) {
        return new Deprovision(
                DeprovisionId.next(),
                groupId,
                0,
                held,
                request,
                Status.SCHEDULED,
                Step.VALIDATE,
                Steps.allPending(),
                Progress.UNKNOWN,
                Timeline.beginningAt(held ? request.notBefore() : null),
                RunResult.OPEN,
                null);
    }

    /** Notes how the provider writes the group's id. */
    public Deprovision spelled(GroupId id) {
        return with(status, step, steps, progress.spelled(id.equals(groupId) ? null : id), timeline, verdict);
    }

    /** Holds the group from then on, under the id as the provider writes it. */
    public Deprovision holding(GroupId id) {
        return copy(version, true, webhookSynced).spelled(id);
    }

    /** The caller is allowed to manage the group, and the run waits for its earliest start. */
    public Deprovision admitted(Progress found) {
        status.requireRunning();
        var start = Timeline.beginningAt(request.notBefore());
        var again = current(StepRecord::reopened);
        return with(Status.SCHEDULED, step, again, progress.found(found), start, RunResult.OPEN);
    }

    @Override
    public boolean isTerminal() {
        return status.isTerminal();
    }

    /** The record of the current step. */
    public StepRecord current() {
        return steps.of(step);
    }

    @Override
    public @Nullable Integer membersRemoved() {
        return counted().membersRemoved();
    }

    /** Whether this run has ever committed to delete the group: then only evidence ends it, or the deadline. */
    public boolean hasDeleteIntent() {
        return steps.of(Step.DELETE_GROUP).sent().intents() > 0;
    }

    /** Whether this run may have changed something at the provider. */
    public boolean hasChangeIntent() {
        return steps.intents() > 0;
    }

    /** Whether an earlier read of this run has shown the group. */
    public boolean hasSeenGroup() {
        return hasChangeIntent() || progress.membersListed() != null || progress.membersTotal() != null;
    }

    /**
     * Begins an attempt at the current step, also after a restart found the run in the middle of it. A wait that was cut short
     * does not count as one: the run forgets why it waited.
     */
    public Deprovision started(Instant now) {
        status.requireActive();
        var known = timeline.isDue(now) ? verdict : forgotten();
        return with(Status.RUNNING, step, current(r -> r.started(now)), progress, timeline.started(now), known);
    }

    private RunResult forgotten() {
        return new RunResult(verdict.outcome(), 0, null);
    }

    /** Notes what happens to destructive requests, such as the intent before one is sent. */
    public Deprovision sent(UnaryOperator<WriteIntents> change) {
        status.requireRunning();
        return with(status, step, current(record -> record.sent(change)), progress, timeline, verdict);
    }

    public Deprovision spent(Effort effort) {
        return with(status, step, current(record -> record.spent(effort)), progress, timeline, verdict);
    }

    /** Notes since when reads do not show the group; null if the last one does. */
    public Deprovision absentSince(@Nullable Instant first) {
        return with(status, step, current(record -> record.absentSince(first)), progress, timeline, verdict);
    }

    /** If the provider does not show the members, none can be removed: the deletion ends their memberships. */
    public Deprovision validated(GroupSnapshot group, int membersChecked, List<Warning> found, Instant now) {
        var next = advanced(now, progress.validated(group, membersChecked, found));
        return switch (group.listing()) {
            case COMPLETE -> next;
            case PARTIAL, NONE -> next.skippedToDeletion(now);
        };
    }

    private Deprovision skippedToDeletion(Instant now) {
        var skipped = current(StepRecord::skipped).with(Step.DELETE_GROUP, record -> record.started(now));
        return with(status, Step.DELETE_GROUP, skipped, progress, timeline, verdict);
    }

    public Deprovision emptied(Instant now) {
        return advanced(now, progress.removed(current().sent().removed().total()));
    }

    /** The group is gone; only the notification remains. */
    public Deprovision confirmedGone(Outcome outcome, Instant now) {
        status.requireRunning();
        var ended = current(record -> record.ended(State.SUCCEEDED, now))
                .skippedBetween(step, Step.SYNC_DIRECTORY)
                .with(Step.SYNC_DIRECTORY, record -> record.started(now));
        var decided = new RunResult(outcome, 0, null);
        return with(status, Step.SYNC_DIRECTORY, ended, counted(), timeline.nextStep(), decided);
    }

    /** @param announced whether there is a receiver to confirm */
    public Deprovision succeeded(boolean announced, Instant now) {
        status.requireRunning();
        var ended = current(record -> announced ? record.ended(State.SUCCEEDED, now) : record.skipped());
        var finished = timeline.finished(now);
        var success = new RunResult(verdict.outcome(), 0, null);
        return with(Status.SUCCEEDED, step, ended, progress, finished, success)
                .copy(version, held, announced ? false : null);
    }

    /**
     * Refused. Only a run that has sent nothing destructive is blocked; any other has failed.
     *
     * @param found what is known of the group all the same
     */
    public Deprovision blocked(Problem problem, List<Blocker> blockers, Progress found, Instant now) {
        status.requireRunning();
        var end = steps.intents() == 0 ? Status.BLOCKED : Status.FAILED;
        return ended(end, counted().found(found), new RunResult(null, blockers.size(), problem), now);
    }

    public Deprovision failed(Problem problem, List<Blocker> blockers, Instant now) {
        status.requireRunning();
        return ended(Status.FAILED, counted(), new RunResult(null, blockers.size(), problem), now);
    }

    /** Progress including the members that the requests of the current step removed. */
    private Progress counted() {
        int removed = current().sent().removed().total();
        return removed == 0 ? progress : progress.removed(removed);
    }

    /** Back to {@code VALIDATE}, a few times; then given up. */
    public Deprovision changed(Problem problem, Instant now) {
        status.requireRunning();
        return timeline.mayRevalidate() ? reopened(timeline.revalidating(), now) : failed(problem, List.of(), now);
    }

    /** Back to {@code VALIDATE}, as often as it takes: what was validated is too old to change anything on it. */
    public Deprovision outdated(Instant now) {
        status.requireRunning();
        return reopened(timeline.nextStep(), now);
    }

    private Deprovision reopened(Timeline next, Instant now) {
        var removed = counted();
        var again = steps.reopenedThrough(step).with(Step.VALIDATE, record -> record.started(now));
        return with(status, Step.VALIDATE, again, removed, next, RunResult.OPEN);
    }

    /** @param attemptSpent false where the provider only asked for a pause */
    public Deprovision parked(Problem problem, Instant nextAttemptAt, boolean attemptSpent) {
        status.requireRunning();
        var why = new RunResult(verdict.outcome(), 0, problem);
        return with(Status.WAITING, step, steps, progress, timeline.parked(nextAttemptAt, attemptSpent), why);
    }

    /** Leaves its worker to a run of another caller, and resumes with the next free one. It still knows why it waited before. */
    public Deprovision yielded(Instant now) {
        status.requireRunning();
        return with(Status.WAITING, step, steps, progress, timeline.parked(now, false), verdict);
    }

    /** A waiting run resumes at once, as one whose wait was cut short. */
    Deprovision woken(Instant now) {
        status.require(Status.WAITING);
        return with(status, step, steps, progress, timeline.parked(now, true), forgotten());
    }

    /** Called off by a caller; only what has sent nothing destructive can be. */
    Deprovision cancelled(Instant now) {
        status.requireActive();
        steps.requireNothingSent();
        return with(Status.CANCELLED, step, steps.abandoned(), progress, timeline.finished(now), verdict);
    }

    /** Given up by an operator, although what was changed is not confirmed, or was not announced. */
    Deprovision abandoned(Instant now) {
        status.requireActive();
        return ended(Status.FAILED, counted(), new RunResult(null, 0, whyAbandoned()), now);
    }

    private Problem whyAbandoned() {
        int removed = Objects.requireNonNullElse(membersRemoved(), 0);
        if (step == Step.SYNC_DIRECTORY) {
            return RunProblems.notificationAbandoned(removed);
        }
        return hasDeleteIntent() ? RunProblems.deletionAbandoned(removed) : RunProblems.removalAbandoned(removed);
    }

    public Deprovision saved() {
        return copy(version + 1, held, webhookSynced);
    }

    private Deprovision advanced(Instant now, Progress progress) {
        status.requireRunning();
        var next = step.next();
        var advanced = current(record -> record.ended(State.SUCCEEDED, now)).with(next, record -> record.started(now));
        return with(status, next, advanced, progress, timeline.nextStep(), RunResult.OPEN);
    }

    private Deprovision ended(Status end, Progress progress, RunResult verdict, Instant now) {
        return with(end, step, current(r -> r.ended(State.FAILED, now)), progress, timeline.finished(now), verdict);
    }

    private Steps current(UnaryOperator<StepRecord> change) {
        return steps.with(step, change);
    }

    private Deprovision with(
            Status status, Step step, Steps steps, Progress progress, Timeline timeline, RunResult verdict) {
        return new Deprovision(
                id, groupId, version, held, request, status, step, steps, progress, timeline, verdict, webhookSynced);
    }

    private Deprovision copy(long version, boolean held, @Nullable Boolean synced) {
        return new Deprovision(
                id, groupId, version, held, request, status, step, steps, progress, timeline, verdict, synced);
    }
}
