package dev.deprovisioner.deprovision;

import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.ProblemType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A stored run: one that this version works on, or one that it can only show. */
public sealed interface Run permits Deprovision, NewerRun {

    DeprovisionId id();

    GroupId groupId();

    RunRequest request();

    Progress progress();

    Timeline timeline();

    /** Whether the receiver has confirmed; null while there is nothing to confirm. */
    @Nullable
    Boolean webhookSynced();

    /** Number of members that requests of this run removed; null while that is not known. */
    @Nullable
    Integer membersRemoved();

    /** Whether the run has ended, and its group is free for another one. */
    boolean isTerminal();

    /** The group's id as the provider writes it; as the caller has written it while no read has shown another spelling. */
    default GroupId providerGroupId() {
        return Objects.requireNonNullElse(progress().providerId(), groupId());
    }

    /** Its state in the words of the row, for showing it. */
    default RecordedState recorded() {
        return switch (this) {
            case Deprovision run -> RecordedState.of(run);
            case NewerRun run -> run.state();
        };
    }

    /** Whether it ended because another run held the group under the provider's spelling of its id. */
    default boolean isDuplicate() {
        var problem = recorded().problem();
        return problem != null && problem.type().equals(ProblemType.DUPLICATE_RUN.name());
    }

    /** Whether a read of it may have shown the group, or it has ended with success; not known of a newer version's run. */
    default boolean mayHaveSeenGroup() {
        return switch (this) {
            case Deprovision run -> run.verdict().outcome() != null || run.hasSeenGroup();
            case NewerRun run -> true;
        };
    }

    /** Whether it failed after it had committed to delete the group. */
    default boolean hasLeftDeletionOpen() {
        return switch (this) {
            case Deprovision run -> run.status() == Status.FAILED && run.hasDeleteIntent();
            case NewerRun run -> false;
        };
    }
}
