package dev.deprovisioner.connection;

import static dev.deprovisioner.connection.FindingCode.MEMBERS_INCOMPLETE;
import static dev.deprovisioner.connection.FindingCode.MEMBERS_LISTED;
import static dev.deprovisioner.connection.FindingCode.MEMBERS_NOT_LISTED;
import static dev.deprovisioner.connection.FindingCode.MEMBER_LIMIT_EXCEEDED;

import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.policy.MemberLimit;
import dev.deprovisioner.policy.UnlistedMembers;
import dev.deprovisioner.problem.MemberProblems;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.scim.GroupsClient;
import dev.deprovisioner.scim.MemberEvidence;
import dev.deprovisioner.scim.ScimGroup;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Judges the evidence about the members of a group as a validation does, and names none of them. */
@Component
class MemberFindings {

    private static final String SOURCE = "deprovisioner.scim.members-source";
    private static final String OWN_API = "deprovisioner.scim.native-group-path";
    private static final String UNLISTED = "deprovisioner.policy.unlisted-members";

    private final MemberLimit limit;
    private final UnlistedMembers unlisted;
    private final String source;

    MemberFindings(MemberLimit limit, UnlistedMembers unlisted, GroupsClient groups) {
        this.limit = limit;
        this.unlisted = unlisted;
        this.source = groups.membersSource();
    }

    Finding of(MemberEvidence evidence) {
        return switch (evidence) {
            case MemberEvidence.Listed(var members) ->
                limit.refusal(members.size())
                        .map(MemberFindings::tooMany)
                        .orElseGet(() -> Finding.ok(MEMBERS_LISTED, listed(members)));
            case MemberEvidence.NotListed(var problem) -> notListed(problem);
            case MemberEvidence.Incomplete(var shown, var problem) ->
                limit.refusal(shown.size()).map(MemberFindings::tooMany).orElseGet(() -> incomplete(problem));
        };
    }

    /** The problem that a run of the group would be blocked with; empty if its members block none. */
    static Optional<String> blocker(Finding ofMembers) {
        return Optional.of(ofMembers)
                .filter(finding -> finding.status() != FindingStatus.OK)
                .map(finding -> finding.code() == MEMBER_LIMIT_EXCEEDED
                        ? ProblemType.MEMBER_LIMIT_EXCEEDED
                        : ProblemType.MEMBERS_NOT_VISIBLE)
                .map(ProblemType::slug);
    }

    /** The first member that is no group; null if none is shown. */
    static @Nullable MemberId firstUser(MemberEvidence evidence) {
        var shown = switch (evidence) {
            case MemberEvidence.Listed(var members) -> members;
            case MemberEvidence.Incomplete(var members, var problem) -> members;
            case MemberEvidence.NotListed notListed -> List.<ScimGroup.Member>of();
        };
        return shown.stream()
                .filter(member -> !member.nested())
                .map(ScimGroup.Member::value)
                .findFirst()
                .orElse(null);
    }

    private String listed(List<ScimGroup.Member> members) {
        long nested = members.stream().filter(ScimGroup.Member::nested).count();
        return "The provider lists the members: " + members.size() + " (source: " + source + ")."
                + (nested == 0 ? "" : " Of these, groups: " + nested + ".");
    }

    private static Finding tooMany(Problem refusal) {
        return Finding.warning(
                MEMBER_LIMIT_EXCEEDED, FaultFindings.ofProblem(refusal), "deprovisioner.policy.max-members");
    }

    private Finding notListed(Problem problem) {
        var detail = FaultFindings.ofProblem(problem);
        if (unlisted.refusal(problem).isEmpty()) {
            return Finding.ok(MEMBERS_NOT_LISTED, detail + " A run goes on all the same, as " + UNLISTED + " allows.");
        }
        if (MemberProblems.isOfOwnApi(problem)) {
            return Finding.warning(MEMBERS_NOT_LISTED, detail, OWN_API);
        }
        return source.equals("unlisted")
                ? Finding.warning(MEMBERS_NOT_LISTED, detail, UNLISTED)
                : Finding.warning(
                        MEMBERS_NOT_LISTED,
                        detail + " If the group is empty, check a group that has a member.",
                        SOURCE);
    }

    private static Finding incomplete(Problem problem) {
        var setting = MemberProblems.isOfOwnApi(problem) ? OWN_API : SOURCE;
        return Finding.warning(MEMBERS_INCOMPLETE, FaultFindings.ofProblem(problem), setting);
    }
}
