package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Event.Accepted;
import dev.deprovisioner.chaos.Promise.Finding;
import java.util.stream.Stream;

/** What was accepted is there, and nothing is left half-done. */
final class RunsEnd {

    private RunsEnd() {}

    static Stream<Finding> findings(Evidence evidence) {
        var lost = evidence.events(Accepted.class).stream()
                .filter(accepted -> evidence.run(accepted.run()).isEmpty())
                .map(accepted -> new Finding("", "Run " + accepted.run() + " was accepted, but is not stored"));
        var open = evidence.runs().stream()
                .filter(run -> !run.state().isTerminal())
                .map(run -> new Finding(
                        run.group(), "Run " + run.id() + " is " + run.state().status()));
        return Stream.concat(lost, open);
    }
}
