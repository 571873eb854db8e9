package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Event.Answered;
import dev.deprovisioner.chaos.Event.Commit;
import dev.deprovisioner.chaos.Event.Committed;
import dev.deprovisioner.chaos.Event.Committing;
import dev.deprovisioner.chaos.Event.Held;
import dev.deprovisioner.chaos.Event.Received;
import dev.deprovisioner.chaos.Event.Reported;
import dev.deprovisioner.chaos.Promise.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A group is said to be gone only after a process has read so in a form that proves it, and while it really is. */
final class Confirmations {

    private final Map<String, Absence> groups = new HashMap<>();
    private final Set<String> present = new HashSet<>();
    private final Set<String> saying = new HashSet<>();
    private final Set<String> said = new HashSet<>();
    private final List<Finding> findings = new ArrayList<>();

    static Stream<Finding> findings(Evidence evidence) {
        var check = new Confirmations();
        evidence.events().forEach(event -> check.next(event, evidence));
        var present = evidence.runs().stream()
                .filter(run ->
                        run.state().outcome() != null && evidence.present().contains(run.group()))
                .map(run -> new Finding(
                        run.group(),
                        "The group is still there after " + run.state().outcome()));
        return Stream.concat(check.findings.stream(), present);
    }

    private void next(Event event, Evidence evidence) {
        switch (event) {
            case Held held -> held(held);
            case Answered answered -> answered(answered);
            case Committing committing when saysSo(committing.commit()) -> committing(committing.commit());
            case Committed committed
            when saysSo(committed.commit()) -> said.add(committed.commit().run());
            case Received received -> received(received, evidence.groupOf(received.run()));
            case Reported reported
            when reported.outcome() != null ->
                requireGone(evidence.groupOf(reported.run()), "A caller was shown it as gone");
            case Event.Halted(var at, var process) -> groups.values().forEach(absence -> absence.forget(process));
            default -> {}
        }
    }

    private void held(Held held) {
        if (held.members() == null) {
            present.remove(held.group());
        } else {
            present.add(held.group());
        }
    }

    private void answered(Answered answered) {
        switch (answered.request().kind()) {
            case READ -> about(answered.request().group()).read(answered);
            case CONTROL, PROFILE -> groups.values().forEach(absence -> absence.controlled(answered));
            case REMOVAL, NAMED_REMOVAL, DELETION, OTHER -> {}
        }
    }

    private static boolean saysSo(Commit commit) {
        return commit.state() != null && commit.state().outcome() != null;
    }

    private void committing(Commit commit) {
        saying.add(commit.run());
        requireGone(commit.group(), "It was recorded as gone");
        if (!said.contains(commit.run()) && !about(commit.group()).isProven()) {
            findings.add(new Finding(commit.group(), "It was recorded as gone without a read that has shown it"));
        }
    }

    private void received(Received received, String group) {
        requireGone(group, "The receiver was notified that it is gone");
        if (!saying.contains(received.run())) {
            findings.add(new Finding(group, "The receiver was notified before it was recorded"));
        }
    }

    private void requireGone(String group, String what) {
        if (present.contains(group)) {
            findings.add(new Finding(group, what + " while the provider held it"));
        }
    }

    private Absence about(String group) {
        return groups.computeIfAbsent(group, name -> new Absence());
    }
}
