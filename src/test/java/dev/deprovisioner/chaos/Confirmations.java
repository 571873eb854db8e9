package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Event.Answered;
import dev.deprovisioner.chaos.Event.Arrived;
import dev.deprovisioner.chaos.Event.Commit;
import dev.deprovisioner.chaos.Event.Committed;
import dev.deprovisioner.chaos.Event.Committing;
import dev.deprovisioner.chaos.Event.Kind;
import dev.deprovisioner.chaos.Event.Told;
import dev.deprovisioner.chaos.Promise.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Whoever says that a group is gone has just read so; and at the end it is gone. */
final class Confirmations {

    /** The groups whose last read has shown a living process that they are gone; and which one. */
    private final Map<String, String> gone = new HashMap<>();

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
            case Arrived arrived
            when arrived.request().kind() == Kind.READ ->
                gone.remove(arrived.request().group());
            case Answered answered
            when hasShownThatItIsGone(answered) ->
                gone.put(answered.request().group(), answered.request().process());
            case Committing committing when saysSo(committing.commit()) -> committing(committing.commit());
            case Committed committed
            when saysSo(committed.commit()) -> said.add(committed.commit().run());
            case Told told
            when !saying.contains(told.run()) ->
                findings.add(new Finding(evidence.groupOf(told.run()), "The receiver was told before it was recorded"));
            case Event.Halted(var at, var process) -> gone.values().removeIf(process::equals);
            default -> {}
        }
    }

    private static boolean hasShownThatItIsGone(Answered answered) {
        return answered.request().kind() == Kind.READ
                && answered.reply().delivered()
                && answered.reply().isAbsent();
    }

    private static boolean saysSo(Commit commit) {
        return commit.state() != null && commit.state().outcome() != null;
    }

    private void committing(Commit commit) {
        saying.add(commit.run());
        if (!said.contains(commit.run()) && !gone.containsKey(commit.group())) {
            findings.add(new Finding(commit.group(), "It was recorded as gone without a read that has shown it"));
        }
    }
}
