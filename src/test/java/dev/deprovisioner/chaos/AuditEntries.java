package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Event.Audited;
import dev.deprovisioner.chaos.Event.Commit;
import dev.deprovisioner.chaos.Event.Committed;
import dev.deprovisioner.chaos.Event.Committing;
import dev.deprovisioner.chaos.Event.State;
import dev.deprovisioner.chaos.Evidence.Entry;
import dev.deprovisioner.chaos.Evidence.Run;
import dev.deprovisioner.chaos.Promise.Finding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Every transaction carries the entries of what it ends or decides, and no others; and what was committed is stored
 * once. A step that ended is known by the time of its end.
 */
final class AuditEntries {

    private static final Map<String, String> ACTIONS =
            Map.of("VALIDATE", "VALIDATE", "REMOVE_MEMBERS", "REMOVE_MEMBERS", "DELETE_GROUP", "DELETE");

    private record Stored(String run, Audited entry) {

        static Stored from(Entry entry) {
            return new Stored(entry.run(), new Audited(entry.action(), entry.at()));
        }

        static Stream<Stored> of(Commit commit) {
            return commit.audited().stream().map(entry -> new Stored(commit.run(), entry));
        }
    }

    private AuditEntries() {}

    static Stream<Finding> findings(Evidence evidence) {
        return Stream.of(transactions(evidence), stored(evidence), ended(evidence))
                .flatMap(findings -> findings);
    }

    private static Stream<Finding> transactions(Evidence evidence) {
        var known = new HashSet<Stored>();
        var findings = new ArrayList<Finding>();
        for (var committing : evidence.events(Committing.class)) {
            var commit = committing.commit();
            var expected = expected(commit, known);
            var written =
                    commit.audited().stream().map(Audited::action).sorted().toList();
            if (!written.equals(expected)) {
                findings.add(new Finding(
                        commit.group(), "A transaction has the audit entries " + written + " instead of " + expected));
            }
        }
        return findings.stream();
    }

    /** @param known the ends that were announced before */
    private static List<String> expected(Commit commit, Set<Stored> known) {
        var expected = new ArrayList<String>();
        if (commit.created()) {
            expected.add("REQUEST");
        }
        if (commit.deliveryEnded()) {
            expected.add("WEBHOOK");
        }
        var state = commit.state();
        if (state != null) {
            ends(state)
                    .filter(end -> known.add(new Stored(commit.run(), end)))
                    .forEach(end -> expected.add(end.action()));
            if (state.status().equals("CANCELLED")) {
                expected.add("CANCEL");
            }
        }
        Collections.sort(expected);
        return expected;
    }

    private static Stream<Audited> ends(State state) {
        return state.steps().entrySet().stream()
                .filter(step -> ACTIONS.containsKey(step.getKey()))
                .flatMap(step -> Stream.ofNullable(step.getValue().finishedAt())
                        .map(end -> new Audited(ACTIONS.getOrDefault(step.getKey(), ""), end)));
    }

    private static Stream<Finding> stored(Evidence evidence) {
        var announced = new HashSet<>(evidence.events(Committing.class).stream()
                .flatMap(event -> Stored.of(event.commit()))
                .toList());
        var stored = evidence.audit().stream().map(Stored::from).toList();
        var unexplained = stored.stream().filter(entry -> !announced.contains(entry));
        var missing = evidence.events(Committed.class).stream()
                .flatMap(event -> Stored.of(event.commit()))
                .filter(entry -> !stored.contains(entry));
        var doubled = stored.stream().distinct().filter(entry -> Collections.frequency(stored, entry) > 1);
        return Stream.of(
                        named(evidence, unexplained, "belongs to no transaction"),
                        named(evidence, missing, "was committed, but is not stored"),
                        named(evidence, doubled, "is stored more than once"))
                .flatMap(findings -> findings);
    }

    private static Stream<Finding> named(Evidence evidence, Stream<Stored> entries, String what) {
        return entries.map(entry -> new Finding(
                evidence.groupOf(entry.run()),
                "The audit entry " + entry.entry().action() + " " + what));
    }

    /** What the run itself says at the end. */
    private static Stream<Finding> ended(Evidence evidence) {
        return evidence.runs().stream()
                .flatMap(run -> expected(run)
                        .filter(action -> evidence.entries(run, action).isEmpty())
                        .map(action -> new Finding(run.group(), "There is no audit entry " + action)));
    }

    private static Stream<String> expected(Run run) {
        return Stream.concat(Stream.of("REQUEST"), ends(run.state()).map(Audited::action));
    }
}
