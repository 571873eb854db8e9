package dev.deprovisioner.upstream.ratelimit;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * Waiting requests, in the order of their turns. The requests of this queue itself come first, in the order of arrival.
 * Then the queues within it have one turn each in rotation, so their lengths do not matter.
 *
 * @param <W> the waiting requests
 */
final class FairQueue<W> {

    private final SequencedSet<W> standing = new LinkedHashSet<>();
    /** In the order of their turns; holds only queues with waiting requests. */
    private final SequencedMap<Object, FairQueue<W>> within = new LinkedHashMap<>();

    /** @param path the names of the queues from this one to the request's own; empty for this one itself */
    void add(List<?> path, W who) {
        if (path.isEmpty()) {
            standing.add(who);
        } else {
            within.computeIfAbsent(path.getFirst(), name -> new FairQueue<>()).add(rest(path), who);
        }
    }

    /** Removes and returns the waiting request with the next turn; null if none waits. */
    @Nullable
    W poll() {
        if (!standing.isEmpty()) {
            return standing.removeFirst();
        }
        var next = within.pollFirstEntry();
        if (next == null) {
            return null;
        }
        var who = next.getValue().poll();
        if (!next.getValue().isEmpty()) {
            within.putLast(next.getKey(), next.getValue());
        }
        return who;
    }

    void remove(List<?> path, W who) {
        if (path.isEmpty()) {
            standing.remove(who);
        } else {
            within.computeIfPresent(path.getFirst(), (name, line) -> {
                line.remove(rest(path), who);
                return line.isEmpty() ? null : line;
            });
        }
    }

    boolean isEmpty() {
        return standing.isEmpty() && within.isEmpty();
    }

    /** How many lines are within this one. */
    int lines() {
        return within.size();
    }

    boolean has(Object line) {
        return within.containsKey(line);
    }

    private static List<?> rest(List<?> path) {
        return path.subList(1, path.size());
    }
}
