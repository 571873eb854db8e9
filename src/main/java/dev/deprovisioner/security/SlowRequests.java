package dev.deprovisioner.security;

import dev.deprovisioner.clock.MonotonicClock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the connections whose client has not sent a whole request for too long, however often it sends a byte: Tomcat
 * bounds only the time between two reads. The time counts from the last answer, or from when the connection was first
 * seen, so a connection that waits for its next request counts as well.
 */
final class SlowRequests {

    static final Duration LONGEST = Duration.ofSeconds(30);

    /** While few connections are free: they are for clients that send. */
    static final Duration LONGEST_WHEN_FULL = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(SlowRequests.class);
    private static final double FULL = 0.8;

    private final MonotonicClock clock;
    private final Set<String> beingAnswered = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> receivingSince = new ConcurrentHashMap<>();
    private volatile boolean full;

    SlowRequests(MonotonicClock clock) {
        this.clock = clock;
    }

    /** A whole request has arrived: its answer takes as long as it takes. */
    void arrived(String connection) {
        beingAnswered.add(connection);
    }

    /** The answer is written: the connection waits for the next request, or for the rest of a body that was not read. */
    void answered(String connection) {
        receivingSince.put(connection, clock.nanos());
        beingAnswered.remove(connection);
    }

    /**
     * @param open the ids of all connections
     * @param most how many there can be
     */
    Set<String> find(Set<String> open, int most) {
        observe(open.size(), most);
        var longest = full ? LONGEST_WHEN_FULL : LONGEST;
        receivingSince.keySet().retainAll(open);
        return open.stream()
                .filter(connection -> !beingAnswered.contains(connection))
                .filter(connection -> receiving(connection).compareTo(longest) > 0)
                .collect(Collectors.toSet());
    }

    private void observe(int open, int most) {
        boolean before = full;
        full = open >= FULL * most;
        if (full && !before) {
            log.warn("Connections nearly used up: {} of {}, a request has {} to arrive", open, most, LONGEST_WHEN_FULL);
        } else if (before && !full) {
            log.info("Connections free again: {} of {} are open", open, most);
        }
    }

    /** Whether few connections are free: then each answer ends its connection, or a client could keep many with few requests. */
    boolean isFull() {
        return full;
    }

    private Duration receiving(String connection) {
        return clock.since(receivingSince.computeIfAbsent(connection, unknown -> clock.nanos()));
    }
}
