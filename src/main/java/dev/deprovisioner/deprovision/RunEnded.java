package dev.deprovisioner.deprovision;

import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.ProblemType;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Published in the transaction that records the end of a run.
 *
 * @param group its id as the provider writes it
 * @param status a terminal one
 * @param outcome of a success, else null
 * @param problem why the run was blocked or has failed, else null
 * @param membersRemoved null where the provider does not show who is in the group, or the run could not be read
 */
public record RunEnded(
        DeprovisionId id,
        GroupId group,
        Status status,
        Instant at,
        @Nullable Outcome outcome,
        @Nullable ProblemType problem,
        @Nullable Integer membersRemoved) {

    /** @param run one that has ended */
    public static RunEnded of(Deprovision run) {
        var verdict = run.verdict();
        return new RunEnded(
                run.id(),
                run.providerGroupId(),
                run.status(),
                Objects.requireNonNull(run.timeline().finishedAt()),
                verdict.outcome(),
                verdict.problem() == null ? null : verdict.problem().type(),
                run.progress().hasUnlistedMembers() ? null : Objects.requireNonNullElse(run.membersRemoved(), 0));
    }
}
