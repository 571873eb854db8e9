package dev.deprovisioner.deprovision;

import dev.deprovisioner.deprovision.Deprovision.Request;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import java.time.Instant;
import java.util.List;

/** Runs in the states that tests need. */
public final class Runs {

    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    private Runs() {}

    public static Deprovision scheduled() {
        return Deprovision.requested(new GroupId("g1"), new Request("portal", null, NOW, null, null));
    }

    public static Deprovision succeeded() {
        return scheduled().started(NOW).gone(Outcome.DELETED, NOW).succeeded(true, NOW);
    }

    public static Deprovision blocked() {
        var problem = new Problem(ProblemType.DEPENDENCIES_FOUND, "1 member.", "Resolve every blocker.");
        var blocker = new Blocker("routing-profile-missing", "u1", null, "No profile.", "Reassign user u1.");
        return scheduled().started(NOW).blocked(problem, List.of(blocker), Progress.UNKNOWN, NOW);
    }
}
