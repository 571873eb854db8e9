package dev.deprovisioner.problem;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * The texts of problems that a run finds at its group or ends with. Those of the requests to the provider are in
 * {@link UpstreamProblems}. A parameter {@code code} is the status of an answer with the provider's error code; a
 * parameter {@code quote} is the provider's own message, or null.
 */
public final class RunProblems {

    private static final String RUN_CONTINUES = "Wait: the run continues by itself.";
    private static final String CHECK_PROVIDER =
            "Inspect the group in the provider's admin console, then post the group again.";
    private static final String NATIVE_GROUP_DIFFERS =
            "Inspect the group in the provider's admin console. If its own API is not to be asked, set"
                    + " deprovisioner.scim.native-group-path to nothing.";
    private static final String STOP_CHANGES = "Find out what changes the group, stop it, then post the group again.";

    private RunProblems() {}

    /** The first read found no group. */
    public static Problem groupNotFound(GroupId group) {
        return new Problem(
                ProblemType.GROUP_NOT_FOUND,
                "Group " + group + " does not exist, or another process has removed it.",
                "Verify the group id with the provider, then post the group again.");
    }

    /** @param unproven why the answer does not prove that the group is gone */
    public static Problem groupPossiblyNotFound(GroupId group, Problem unproven) {
        return new Problem(
                ProblemType.GROUP_NOT_FOUND,
                "It is not certain that group " + group + " exists. " + unproven.detail(),
                unproven.remedy(),
                unproven.quote(),
                unproven.correlationId());
    }

    public static Problem groupDisappeared() {
        return new Problem(
                ProblemType.GROUP_NOT_FOUND,
                "The provider no longer shows the group, and this run has not deleted it. The run reads it once more.",
                RUN_CONTINUES);
    }

    /** The settings have changed since the run has validated the group. */
    public static Problem otherProvider() {
        return new Problem(
                ProblemType.UPSTREAM_UNAVAILABLE,
                "The run has validated the group at another provider or as another client. It asks this one nothing.",
                "Set deprovisioner.upstream.base-url, client-id and deprovisioner.scim.groups-path as they were, until"
                        + " the run ends. Or cancel or abandon the run, then post the group again.");
    }

    /** SCIM shows the group, and the provider's own API says that it is gone. */
    public static Problem groupOnlyOverScim() {
        return new Problem(
                ProblemType.GROUP_NOT_FOUND,
                "The provider shows the group over SCIM, and its own API says that the group is gone.",
                NATIVE_GROUP_DIFFERS);
    }

    /** SCIM says that the group is gone, and the provider's own API shows it. */
    public static Problem groupNotOverScim() {
        return new Problem(
                ProblemType.GROUP_NOT_FOUND,
                "The provider does not show the group over SCIM, and its own API still shows it.",
                NATIVE_GROUP_DIFFERS);
    }

    /** @param group the id as the provider writes it */
    public static Problem duplicateRun(GroupId group, DeprovisionId other) {
        return new Problem(
                ProblemType.DUPLICATE_RUN,
                "The provider writes the group id as " + group + ". Run " + other + " is active for that group.",
                "Follow the other run with GET /deprovisions/{groupId}. If it does not succeed, post the group again.");
    }

    /**
     * @param members how many dependencies of members were found
     * @param references how many references to the group were found
     * @param unknown how many dependencies of both kinds could not be ruled out
     */
    public static Problem dependenciesFound(long members, long references, long unknown) {
        var counts = Stream.of(
                        members == 0 ? "" : counted(members) + " would be orphaned",
                        references == 0 ? "" : "references to the group: " + references,
                        unknown == 0 ? "" : "checks without a clear answer: " + unknown)
                .filter(count -> !count.isEmpty())
                .collect(Collectors.joining(", "));
        return new Problem(
                ProblemType.DEPENDENCIES_FOUND,
                StringUtils.capitalize(counts) + "; see blockers.",
                "Resolve every blocker, then post the group again.");
    }

    /** The provider refuses a change of a group that is still in use. */
    public static Problem groupInUse(String code, @Nullable String quote) {
        return new Problem(
                ProblemType.DEPENDENCIES_FOUND,
                "The provider refused the change with " + code + ", because the group is still in use.",
                "Reassign users with active routing assignments or queue memberships to another queue, then post the"
                        + " group again.",
                quote);
    }

    public static Problem groupProtected(Caller caller, GroupId group) {
        return new Problem(
                ProblemType.GROUP_PROTECTED,
                "Caller " + caller + " is not allowed to manage group " + group + ", by its id or by its display name.",
                "Ask an operator to add the group to this caller's entry in deprovisioner.security.callers. Or let a"
                        + " caller that is allowed to manage the group post it.");
    }

    public static Problem groupReplaced() {
        return new Problem(
                ProblemType.GROUP_CHANGED,
                "Another group has this id now: its external id differs from the validated one.",
                CHECK_PROVIDER);
    }

    public static Problem displayNameChanged() {
        return new Problem(
                ProblemType.GROUP_CHANGED, "The display name of the group changed during the run.", STOP_CHANGES);
    }

    public static Problem membersJoined() {
        return new Problem(
                ProblemType.GROUP_CHANGED,
                "Members joined the group during the run.",
                "Find out what adds members to the group, stop it, then post the group again.");
    }

    public static Problem groupChanged(String code, @Nullable String quote) {
        return new Problem(
                ProblemType.GROUP_CHANGED,
                "The group changed during the run; the provider refused a request with " + code + ".",
                STOP_CHANGES,
                quote);
    }

    /** The provider refuses the version in {@code If-Match}. */
    public static Problem versionRefused(String code, @Nullable String quote) {
        return new Problem(
                ProblemType.GROUP_CHANGED,
                "The provider refused the version of the group in the request with " + code + ".",
                STOP_CHANGES,
                quote);
    }

    public static Problem membersLeft(int members) {
        return notRemoved("The group still has " + counted(members) + " after their removal.");
    }

    public static Problem membersPossiblyLeft() {
        return notRemoved("The provider does not show all members of the group after the removal.");
    }

    private static Problem notRemoved(String what) {
        return new Problem(
                ProblemType.REMOVAL_NOT_EFFECTIVE,
                what + " The group was not deleted.",
                "Remove the members in the provider's admin console, then post the group again.");
    }

    public static Problem deletionWithoutEffect() {
        return new Problem(
                ProblemType.DELETE_NOT_VERIFIED,
                "The provider still shows the group after its deletion was sent.",
                CHECK_PROVIDER);
    }

    /** The deletion was sent after a read had shown that the group is empty. */
    public static Problem deletionNotConfirmed() {
        return deletionNotConfirmed("Before it was sent, a read showed no members in the group.");
    }

    /** The deletion was sent although the provider shows no members. */
    public static Problem unlistedDeletionNotConfirmed() {
        return deletionNotConfirmed("The members were not shown: if the group is gone, so are their memberships.");
    }

    private static Problem deletionNotConfirmed(String members) {
        return new Problem(
                ProblemType.DELETE_NOT_VERIFIED,
                "No read confirmed the deletion before the deadline. " + members,
                CHECK_PROVIDER);
    }

    /** @param removed members that requests of the run have removed for certain; they may have removed more */
    public static Problem removalAbandoned(int removed) {
        return new Problem(
                ProblemType.REMOVAL_NOT_EFFECTIVE,
                "An operator abandoned the run before a read showed the group empty. The run is known to have removed "
                        + counted(removed) + ".",
                CHECK_PROVIDER);
    }

    /** @param removed members that requests of the run have removed for certain; they may have removed more */
    public static Problem deletionAbandoned(int removed) {
        return new Problem(
                ProblemType.DELETE_NOT_VERIFIED,
                "An operator abandoned the run after it sent the deletion, which no read confirmed. The run is known"
                        + " to have removed "
                        + counted(removed) + ".",
                CHECK_PROVIDER);
    }

    /** @param removed members that requests of the run have removed for certain; they may have removed more */
    public static Problem notificationAbandoned(int removed) {
        return new Problem(
                ProblemType.INTERNAL_ERROR,
                "An operator abandoned the run after the group was proven gone, but before the receiver was notified. The"
                        + " run is known to have removed "
                        + counted(removed) + ".",
                "Post the group again. If the new run finds no group, remove the group from the other directories.");
    }

    public static Problem deadlinePassed() {
        return new Problem(
                ProblemType.UPSTREAM_UNAVAILABLE,
                "The deadline passed before the run could end.",
                "Post the group again.");
    }

    /** @param error the class of the exception */
    public static Problem unexpectedError(String error) {
        return new Problem(
                ProblemType.INTERNAL_ERROR,
                "An unexpected error stopped the attempt (" + error + "); the log has the details.",
                "Report the error. The run continues by itself until its deadline.");
    }

    public static Problem unexpectedErrorUntilDeadline() {
        return new Problem(
                ProblemType.INTERNAL_ERROR,
                "An unexpected error stopped every attempt until the deadline; the log has the details.",
                "Inspect the group in the provider's admin console, and report the error.");
    }

    private static String counted(long members) {
        return members == 1 ? "1 member" : members + " members";
    }
}
