package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Event.Commit;
import dev.deprovisioner.chaos.Event.Committed;
import dev.deprovisioner.chaos.Event.Committing;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Notices when there is no progress: when nothing happens though there is something to do, and when a run only tries
 * again and again, but ends none of its steps.
 */
final class Standstill {

    private final Duration longestSilence;
    private final Duration longestStep;
    private final Map<String, Instant> lastEnd = new HashMap<>();
    private Instant lastSign;

    Standstill(Duration longestSilence, Duration longestStep, Instant begin) {
        this.longestSilence = longestSilence;
        this.longestStep = longestStep;
        this.lastSign = begin;
    }

    void happened(List<Event> events) {
        for (var event : events) {
            if (isAboutRuns(event)) {
                lastSign = event.at();
            }
            if (event instanceof Committed(var at, var commit) && endsSomething(commit)) {
                lastEnd.put(commit.group(), at);
            }
        }
    }

    /** What is written regularly, whether there are runs or not, is no sign of them. */
    private static boolean isAboutRuns(Event event) {
        return switch (event) {
            case Committing(var at, var commit) -> !commit.group().isEmpty();
            case Committed(var at, var commit) -> !commit.group().isEmpty();
            case Event.Reported reported -> false;
            default -> true;
        };
    }

    /** A step or a delivery ended, or a caller decided something: that is what is audited. */
    private static boolean endsSomething(Commit commit) {
        return !commit.audited().isEmpty();
    }

    /** Before the restart, no process was there to make progress. */
    void restarted(Instant at) {
        lastSign = at;
        lastEnd.replaceAll((group, before) -> at);
    }

    /** @param active groups whose runs should come to an end */
    Optional<String> found(Collection<String> active, Instant now) {
        if (isLonger(lastSign, now, longestSilence)) {
            return Optional.of("Nothing has happened since " + lastSign);
        }
        return active.stream()
                .filter(group -> isLonger(lastEnd.computeIfAbsent(group, unknown -> now), now, longestStep))
                .map(group -> "The run of " + group + " has ended no step since " + lastEnd.get(group))
                .findFirst();
    }

    private static boolean isLonger(Instant since, Instant now, Duration longest) {
        return Duration.between(since, now).compareTo(longest) > 0;
    }
}
