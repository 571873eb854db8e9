package dev.deprovisioner.deprovision;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.deprovisioner.identifier.MemberId;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The destructive requests of a step.
 *
 * @param intents how many were committed before they were sent
 * @param rounds how often the provider has accepted all that there was to send
 * @param acceptedAt when it did so last; null while something is sent, or it is unknown what came of it
 * @param conflicts how often one after the other the provider has answered with a conflict and left the group as it was
 * @param rejectedVersion a version that the provider does not accept although the group still has it; null for none
 * @param removed the members that the requests removed
 * @param refusals how many requests were answered and certainly had no effect, since the step began or the run went back
 */
public record WriteIntents(
        int intents,
        int rounds,
        @Nullable Instant acceptedAt,
        int conflicts,
        @Nullable String rejectedVersion,
        RemovedMembers removed,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int refusals) {

    public static final WriteIntents NOTHING = new WriteIntents(0, 0, null, 0, null, RemovedMembers.NONE, 0);

    public WriteIntents(
            int intents,
            int rounds,
            @Nullable Instant acceptedAt,
            int conflicts,
            @Nullable String rejectedVersion,
            @Nullable RemovedMembers removed,
            int refusals) {
        this.intents = intents;
        this.rounds = rounds;
        this.acceptedAt = acceptedAt;
        this.conflicts = conflicts;
        this.rejectedVersion = rejectedVersion;
        this.removed = Objects.requireNonNullElse(removed, RemovedMembers.NONE);
        this.refusals = refusals;
    }

    /** A new request may have its effect at any time, so what was known of the last one no longer counts. */
    public WriteIntents intending(Collection<MemberId> named) {
        return new WriteIntents(intents + 1, rounds, null, conflicts, rejectedVersion, removed.named(named), refusals);
    }

    /** The same, of a request that may remove further members than these. */
    public WriteIntents intendingAtLeast(Collection<MemberId> named) {
        return new WriteIntents(
                intents + 1, rounds, null, conflicts, rejectedVersion, removed.namedAtLeast(named), refusals);
    }

    /**
     * The provider certainly did not act on the last request.
     *
     * @param before what was known before it
     */
    public WriteIntents withdrawn(WriteIntents before) {
        return new WriteIntents(
                intents - 1, rounds, null, conflicts, rejectedVersion, removed.withdrawn(before.removed), refusals);
    }

    /** The last request was answered, and is withdrawn. */
    public WriteIntents refused() {
        return new WriteIntents(intents, rounds, acceptedAt, conflicts, rejectedVersion, removed, refusals + 1);
    }

    /** The provider has accepted the removal of some members, of more to come. */
    public WriteIntents membersAccepted(int members) {
        return new WriteIntents(intents, rounds, acceptedAt, 0, rejectedVersion, removed.accepted(members), refusals);
    }

    /** The provider certainly did not remove these members. */
    public WriteIntents membersRefused(Collection<MemberId> members) {
        return new WriteIntents(
                intents, rounds, acceptedAt, conflicts, rejectedVersion, removed.refused(members), refusals);
    }

    /** The provider has accepted all that there was to send. */
    public WriteIntents accepted(Instant now) {
        return new WriteIntents(intents, rounds + 1, now, 0, rejectedVersion, removed, refusals);
    }

    /** The last request met a conflict, and a read shows the group as it was. */
    public WriteIntents conflicted() {
        return new WriteIntents(intents, rounds, acceptedAt, conflicts + 1, rejectedVersion, removed, refusals);
    }

    public WriteIntents rejecting(String version) {
        return new WriteIntents(intents, rounds, acceptedAt, conflicts, version, removed, refusals);
    }

    /** @param gone the validated members that a complete read no longer shows */
    public WriteIntents afterRead(Collection<MemberId> gone) {
        return new WriteIntents(
                intents, rounds, acceptedAt, conflicts, rejectedVersion, removed.afterRead(gone), refusals);
    }

    /** @param all the validated members, none of which a complete read shows */
    public WriteIntents afterAllGone(Collection<MemberId> all) {
        return new WriteIntents(
                intents, rounds, acceptedAt, conflicts, rejectedVersion, removed.afterAllGone(all), refusals);
    }

    /** A read shows the group, but not all who are in it. */
    public WriteIntents afterUnclearRead() {
        return new WriteIntents(
                intents, rounds, acceptedAt, conflicts, rejectedVersion, removed.afterUnclearRead(), refusals);
    }

    /** The step has ended: the run has taken over the members that it removed. */
    WriteIntents settled() {
        return new WriteIntents(intents, rounds, acceptedAt, conflicts, rejectedVersion, RemovedMembers.NONE, 0);
    }

    /** That something was sent stays known, but what it was for is past. */
    WriteIntents reopened() {
        return new WriteIntents(intents, 0, null, 0, rejectedVersion, RemovedMembers.NONE, 0);
    }
}
