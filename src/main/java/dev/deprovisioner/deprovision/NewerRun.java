package dev.deprovisioner.deprovision;

import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import org.jspecify.annotations.Nullable;

/**
 * A run whose row has a meaning or a word that only a newer version knows. This version shows it, and neither works on it
 * nor decides anything about it.
 *
 * @param ended whether its group is free for another run
 */
public record NewerRun(
        DeprovisionId id,
        GroupId groupId,
        RunRequest request,
        RecordedState state,
        Progress progress,
        Timeline timeline,
        boolean ended,
        @Nullable Boolean webhookSynced)
        implements Run {

    @Override
    public @Nullable Integer membersRemoved() {
        return progress.membersRemoved();
    }

    @Override
    public boolean isTerminal() {
        return ended;
    }

    /** Whether it has ended with success, also with an outcome that this version does not know. */
    boolean hasSucceeded() {
        return ended && state.status().equals(Status.SUCCEEDED.name());
    }
}
