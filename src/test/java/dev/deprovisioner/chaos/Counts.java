package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Event.Answered;
import dev.deprovisioner.chaos.Event.Arrived;
import dev.deprovisioner.chaos.Event.Audited;
import dev.deprovisioner.chaos.Event.Commit;
import dev.deprovisioner.chaos.Event.Committing;
import dev.deprovisioner.chaos.Event.Held;
import dev.deprovisioner.chaos.Evidence.Run;
import dev.deprovisioner.chaos.Promise.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The API, the audit and the receiver are given the number of members who left a group by removals of the run. */
final class Counts {

    private static final Set<String> ABOUT_MEMBERS = Set.of("REMOVE_MEMBERS", "DELETE");

    private final Map<String, Tally> tallies = new HashMap<>();
    private final Map<String, String> runOfGroup = new HashMap<>();
    private final Map<String, Set<String>> held = new HashMap<>();
    /** The members that the last read has shown, of each group. */
    private final Map<String, Set<String>> shown = new HashMap<>();

    private final Map<Integer, Removal> removals = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private boolean listed;

    /** @param known the members that it names, or that were in the read that it was decided on */
    private record Removal(String run, boolean named, Set<String> known) {}

    static Stream<Finding> findings(Evidence evidence) {
        var check = new Counts();
        evidence.events().forEach(event -> check.next(event, evidence));
        evidence.runs().forEach(check::stored);
        return check.findings.stream();
    }

    private void next(Event event, Evidence evidence) {
        switch (event) {
            case Committing(var at, var commit) -> committing(commit);
            case Arrived arrived when arrived.request().kind().isRemoval() -> sent(arrived);
            case Answered answered -> answered(answered);
            case Held change -> held(change);
            case Event.Received received ->
                object(
                        evidence.groupOf(received.run()),
                        "The webhook",
                        tally(received.run()).objection(received.membersRemoved()));
            case Event.Reported said
            when said.outcome() != null ->
                object(
                        evidence.groupOf(said.run()),
                        "The API",
                        tally(said.run()).objection(said.membersRemoved()));
            default -> {}
        }
    }

    private void committing(Commit commit) {
        if (commit.created()) {
            runOfGroup.put(commit.group(), commit.run());
        }
        commit.audited().forEach(entry -> object(commit.group(), "An audit entry", objection(commit, entry)));
    }

    private String objection(Commit commit, Audited entry) {
        boolean settled = entry.status().equals("SUCCESS") && ABOUT_MEMBERS.contains(entry.action());
        var tally = tally(commit.run());
        return settled ? tally.objection(entry.members()) : tally.objectionToEarly(entry.members());
    }

    private void sent(Arrived arrived) {
        var request = arrived.request();
        removals.put(
                arrived.number(),
                new Removal(
                        runOfGroup.getOrDefault(request.group(), ""),
                        !request.kind().takesAll(),
                        shown.getOrDefault(request.group(), Set.of())));
    }

    private void answered(Answered answered) {
        var reply = answered.reply();
        if (reply.delivered() && reply.content() instanceof Reply.Members(var ids, var complete)) {
            shown.put(answered.request().group(), ids);
            if (!ids.isEmpty() && !listed) {
                listed = true;
                tallies.values().forEach(Tally::listed);
            }
        }
    }

    private void held(Held change) {
        var members = change.members() == null ? Set.<String>of() : change.members();
        var left = new HashSet<>(held.getOrDefault(change.group(), Set.of()));
        held.put(change.group(), members);
        left.removeAll(members);
        var removal = removals.get(change.request());
        if (removal != null) {
            int known = (int) left.stream()
                    .filter(member -> removal.named() || removal.known().contains(member))
                    .count();
            tally(removal.run()).left(known, left.size() - known);
        }
    }

    private void stored(Run run) {
        var tally = tally(run.id());
        object(
                run.group(),
                "The stored run",
                run.state().outcome() == null
                        ? tally.objectionToEarly(run.membersRemoved())
                        : tally.objection(run.membersRemoved()));
        if (!listed && run.membersTotal() != null) {
            object(run.group(), "The stored run", "says how many members there were, though none was ever listed");
        }
    }

    private void object(String group, String who, String what) {
        if (!what.isEmpty()) {
            findings.add(new Finding(group, who + " " + what));
        }
    }

    private Tally tally(String run) {
        return tallies.computeIfAbsent(run, id -> {
            var tally = new Tally();
            if (listed) {
                tally.listed();
            }
            return tally;
        });
    }
}
