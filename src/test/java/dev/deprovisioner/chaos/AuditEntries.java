package dev.deprovisioner.chaos;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.deprovisioner.chaos.Event.Arrived;
import dev.deprovisioner.chaos.Event.Audited;
import dev.deprovisioner.chaos.Event.Commit;
import dev.deprovisioner.chaos.Event.Committed;
import dev.deprovisioner.chaos.Event.Committing;
import dev.deprovisioner.chaos.Event.Held;
import dev.deprovisioner.chaos.Promise.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Each end of a step and each decision has one entry, written in the transaction that records it, and kept. */
final class AuditEntries {

    private final Map<String, Course> courses = new HashMap<>();
    private final Map<String, String> runOfGroup = new HashMap<>();
    /** The numbers of destructive requests. */
    private final Set<Integer> destructive = new HashSet<>();

    private final List<Finding> findings = new ArrayList<>();

    private record Stored(String run, Audited entry) {

        static Stream<Stored> of(Commit commit) {
            return commit.audited().stream().map(entry -> new Stored(commit.run(), entry));
        }
    }

    static Stream<Finding> findings(Evidence evidence) {
        var check = new AuditEntries();
        evidence.events().forEach(check::next);
        return Stream.of(check.findings.stream(), stored(evidence), ended(evidence))
                .flatMap(findings -> findings);
    }

    private void next(Event event) {
        switch (event) {
            case Committing(var at, var commit) -> committing(commit);
            case Committed(var at, var commit) -> course(commit.run()).committed(commit);
            case Arrived arrived when arrived.request().kind().isDestructive() -> destructive.add(arrived.number());
            case Held held
            when destructive.contains(held.request()) ->
                course(runOfGroup.getOrDefault(held.group(), "")).hadEffect();
            default -> {}
        }
    }

    private void committing(Commit commit) {
        if (commit.created()) {
            runOfGroup.put(commit.group(), commit.run());
        }
        course(commit.run()).committing(commit).ifPresent(what -> findings.add(new Finding(commit.group(), what)));
    }

    private Course course(String run) {
        return courses.computeIfAbsent(run, id -> new Course());
    }

    private static Stream<Finding> stored(Evidence evidence) {
        var announced = new HashSet<>(evidence.events(Committing.class).stream()
                .flatMap(event -> Stored.of(event.commit()))
                .toList());
        var stored = evidence.audit().stream()
                .map(entry -> new Stored(entry.run(), entry.audited()))
                .collect(groupingBy(entry -> entry, counting()));
        var unexplained = stored.keySet().stream().filter(entry -> !announced.contains(entry));
        var missing = evidence.events(Committed.class).stream()
                .flatMap(event -> Stored.of(event.commit()))
                .filter(entry -> !stored.containsKey(entry));
        var doubled = stored.keySet().stream().filter(entry -> stored.getOrDefault(entry, 0L) > 1);
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
                .flatMap(run -> Course.actions(run.state())
                        .filter(action -> evidence.entries(run, action).isEmpty())
                        .map(action -> new Finding(run.group(), "There is no audit entry " + action)));
    }
}
