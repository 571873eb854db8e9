package dev.deprovisioner.chaos;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Confirms webhooks late: always a little, at times by seconds, and some only after the sender has given up. */
final class SlowReceiver implements Director {

    private static final Duration USUAL = Duration.ofMillis(50);
    private static final Duration SLOW = Duration.ofSeconds(2);
    /** The service waits for 5 s. */
    private static final Duration TOO_LATE = Duration.ofSeconds(6);
    /** One of so many deliveries is confirmed too late. */
    private static final int OUT_OF = 50;

    private final Set<String> tried = ConcurrentHashMap.newKeySet();
    private volatile Duration delay = USUAL;
    private volatile boolean stuck;

    void slow() {
        delay = SLOW;
    }

    /** Confirms no first try in time. The pause after the second try is 5 min, so that one is confirmed. */
    void stuck() {
        stuck = true;
    }

    void usual() {
        delay = USUAL;
        stuck = false;
    }

    @Override
    public void reached(String group, Moment moment) {
        if (moment.kind() == Moment.Kind.DELIVERY) {
            boolean late = tried.add(group) && (stuck || Math.floorMod(group.hashCode(), OUT_OF) == 0);
            LockSupport.parkNanos((late ? TOO_LATE : delay).toNanos());
        }
    }
}
