package dev.deprovisioner.deprovision;

import static java.util.Collections.nCopies;

import dev.deprovisioner.deprovision.GroupSnapshot.Listing;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs in the states that tests need. */
public final class Runs {

    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    /** That of a caller without an entry, or with one for every group. */
    public static final RequestAccess ANY_GROUP = new RequestAccess(true, run -> true, 1000);

    private Runs() {}

    public static Deprovision scheduled() {
        return scheduled("portal");
    }

    public static Deprovision scheduled(String caller) {
        return Deprovision.requested(new GroupId("g1"), new RunRequest(new Caller(caller), null, NOW, null, null));
    }

    public static Deprovision validated(String displayName) {
        return scheduled()
                .started(NOW)
                .validated(
                        new GroupSnapshot(displayName, null, List.of(), null, Listing.COMPLETE, "group", null),
                        0,
                        List.of(),
                        NOW);
    }

    public static Deprovision succeeded() {
        return scheduled().started(NOW).confirmedGone(Outcome.DELETED, NOW).succeeded(true, NOW);
    }

    public static Deprovision succeeded(String displayName) {
        return validated(displayName).confirmedGone(Outcome.DELETED, NOW).succeeded(true, NOW);
    }

    /** Blocked by something that the provider explains in its own words. */
    public static Deprovision quoting(String words) {
        var problem = new Problem(ProblemType.DEPENDENCIES_FOUND, "Conflict.", null, words);
        return scheduled().started(NOW).blocked(problem, List.of(), Progress.UNKNOWN, NOW);
    }

    public static Deprovision blocked() {
        return blocked(null);
    }

    public static Blocker blocker() {
        return new Blocker("routing-profile-missing", new MemberId("u1"), null, "No profile.", "Reassign user u1.");
    }

    /** By so many blockers. */
    public static Deprovision blocked(int blockers) {
        var problem = new Problem(ProblemType.DEPENDENCIES_FOUND, "Members.", "Resolve every blocker.");
        return scheduled().started(NOW).blocked(problem, nCopies(blockers, blocker()), Progress.UNKNOWN, NOW);
    }

    /** The same, as a caller with much to say has requested it. */
    public static Deprovision withLongReason(Deprovision run) {
        var request = new RunRequest(new Caller("portal"), null, NOW, "ö".repeat(1000), null);
        return new Deprovision(
                run.id(),
                run.groupId(),
                run.version(),
                run.held(),
                request,
                run.status(),
                run.step(),
                run.steps(),
                run.progress(),
                run.timeline(),
                run.verdict(),
                run.webhookSynced());
    }

    public static RunKey key(Deprovision run) {
        var name = run.progress().displayName();
        return new RunKey(7, run.id(), run.groupId(), name, run.request().by());
    }

    public static Deprovision blocked(@Nullable String displayName) {
        var problem = new Problem(ProblemType.DEPENDENCIES_FOUND, "1 member.", "Resolve every blocker.");
        var found = new Progress(displayName, null, null, null, null);
        return scheduled().started(NOW).blocked(problem, List.of(blocker()), found, NOW);
    }
}
