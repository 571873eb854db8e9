package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Event.Answered;
import dev.deprovisioner.chaos.Event.Arrived;
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

/**
 * Goes through the events, and asks of each member who left a group by a request of the service whether this run had
 * asked about them. The only exception are members who joined after the last read was sent, which could not show them.
 */
final class Effects {

    private final Map<String, Group> groups = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    /** Where it is allowed to go on without a list, nothing is known of the members. */
    private final boolean unlistedAllowed;

    private boolean listed;

    /** What is true of a group, and what its run and each process have been shown of it. */
    private static final class Group {
        private Set<String> held = Set.of();
        private final Set<String> validated = new HashSet<>();
        private final Map<String, Look> looks = new HashMap<>();
        private final Map<Integer, Sent> sent = new HashMap<>();
    }

    /**
     * The last read of a process.
     *
     * @param held those who were members when it was sent
     * @param shown those who were in the answer
     */
    private record Look(int number, Set<String> held, Set<String> shown) {

        static final Look NONE = new Look(0, Set.of(), Set.of());
    }

    private record Sent(Event.Kind kind, Look decidedOn) {}

    private Effects(boolean unlistedAllowed) {
        this.unlistedAllowed = unlistedAllowed;
    }

    static Stream<Finding> findings(Evidence evidence) {
        var check = new Effects(evidence.unlistedAllowed());
        evidence.events().forEach(check::next);
        return check.findings.stream();
    }

    private void next(Event event) {
        switch (event) {
            case Committing(var at, var commit)
            when commit.created() -> about(commit.group()).validated.clear();
            case Arrived arrived -> arrived(about(arrived.request().group()), arrived);
            case Answered answered -> answered(about(answered.request().group()), answered);
            case Held held -> held(about(held.group()), held);
            case Event.Halted(var at, var process) -> groups.values().forEach(group -> group.looks.remove(process));
            default -> {}
        }
    }

    private static void arrived(Group group, Arrived arrived) {
        var request = arrived.request();
        if (request.kind() == Event.Kind.READ) {
            group.looks.put(request.process(), new Look(arrived.number(), group.held, Set.of()));
        } else if (request.kind().isDestructive()) {
            var look = group.looks.getOrDefault(request.process(), Look.NONE);
            group.sent.put(arrived.number(), new Sent(request.kind(), look));
        }
    }

    private void answered(Group group, Answered answered) {
        var shown = answered.reply().shown();
        listed |= !shown.isEmpty();
        group.looks.computeIfPresent(
                answered.request().process(),
                (process, look) ->
                        look.number() == answered.number() ? new Look(look.number(), look.held(), shown) : look);
        if (answered.reply().delivered() && answered.reply().content() instanceof Reply.ActiveProfile(var member)) {
            group.validated.add(member);
        }
    }

    private void held(Group group, Held event) {
        var left = new HashSet<>(group.held);
        group.held = event.members() == null ? Set.of() : event.members();
        left.removeAll(group.held);
        var sent = group.sent.get(event.request());
        if (sent != null && (listed || !unlistedAllowed)) {
            left.stream()
                    .filter(member -> !mayLeave(group, sent, member))
                    .map(member -> "A " + sent.kind() + " removed " + member + ", who was not validated")
                    .forEach(what -> findings.add(new Finding(event.group(), what)));
        }
    }

    private static boolean mayLeave(Group group, Sent sent, String member) {
        var look = sent.decidedOn();
        if (!sent.kind().takesAll()) {
            return group.validated.contains(member);
        }
        return look.shown().contains(member)
                ? group.validated.contains(member)
                : look.number() > 0 && !look.held().contains(member);
    }

    private Group about(String group) {
        return groups.computeIfAbsent(group, name -> new Group());
    }
}
