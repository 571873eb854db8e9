package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Event.Commit;
import dev.deprovisioner.chaos.Event.Committing;
import dev.deprovisioner.chaos.Promise.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** No run of a group is committed before the end of the one before it, by the order of the transactions. */
final class OneActiveRun {

    private final Map<String, List<String>> runsOfGroup = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private final List<Finding> findings = new ArrayList<>();

    static Stream<Finding> findings(Evidence evidence) {
        var check = new OneActiveRun();
        evidence.events(Committing.class).stream()
                .map(Committing::commit)
                // What a kill has undone was never there.
                .filter(commit -> evidence.run(commit.run()).isPresent())
                .forEach(check::next);
        return check.findings.stream();
    }

    private void next(Commit commit) {
        var runs = runsOfGroup.computeIfAbsent(commit.group(), group -> new ArrayList<>());
        if (commit.created() && !runs.contains(commit.run())) {
            runs.stream()
                    .filter(run -> !ended.contains(run))
                    .map(run -> "Run " + commit.run() + " was accepted while " + run + " was active")
                    .forEach(what -> findings.add(new Finding(commit.group(), what)));
            runs.add(commit.run());
        }
        if (commit.state() != null && commit.state().isTerminal()) {
            ended.add(commit.run());
        }
    }
}
