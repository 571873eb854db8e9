package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Event.Answered;
import dev.deprovisioner.chaos.Event.Arrived;
import dev.deprovisioner.chaos.Event.Committed;
import dev.deprovisioner.chaos.Promise.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Goes through the events, and asks of each destructive request what its sender knew when it arrived. */
final class DestructiveRequests {

    private final Map<String, Knowledge> groups = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    static Stream<Finding> findings(Evidence evidence) {
        var check = new DestructiveRequests();
        evidence.events().forEach(check::next);
        return check.findings.stream();
    }

    private void next(Event event) {
        switch (event) {
            case Committed(var at, var commit) -> about(commit.group()).committed(commit);
            case Arrived arrived -> arrived(arrived);
            case Answered answered ->
                about(answered.request().group()).answered(answered.number(), answered.request(), answered.reply());
            case Event.Halted(var at, var process) -> groups.values().forEach(known -> known.forget(process));
            case Event.Committing committing -> {}
            case Event.Accepted accepted -> {}
            case Event.Received received -> {}
            case Event.Held held -> {}
            case Event.Reported reported -> {}
        }
    }

    private void arrived(Arrived arrived) {
        var request = arrived.request();
        var known = about(request.group());
        if (request.kind().isDestructive()) {
            known.objections(arrived).forEach(what -> findings.add(new Finding(request.group(), what)));
        }
        known.arrived(arrived);
    }

    private Knowledge about(String group) {
        return groups.computeIfAbsent(group, name -> new Knowledge());
    }
}
