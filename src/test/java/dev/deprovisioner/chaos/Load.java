package dev.deprovisioner.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Callers that post one group after the other until {@link #stop}, each until a replica accepts it. */
final class Load {

    private static final int CALLERS = 4;
    /** Enough for runs to be under way at every moment, and not for a backlog to be worked off afterwards. */
    private static final long PAUSE_NANOS = 400_000_000;

    private static final long ASKED_AGAIN_AFTER_NANOS = 50_000_000;

    private final Rig rig;
    private final Supplier<String> groups;
    private final AtomicInteger turn = new AtomicInteger();
    private final List<Thread> callers = new ArrayList<>();
    private volatile boolean stopped;

    /** @param groups makes a new one each time, and need not bear two callers at once */
    Load(Rig rig, Supplier<String> groups) {
        this.rig = rig;
        this.groups = groups;
    }

    void start() {
        for (int i = 0; i < CALLERS; i++) {
            callers.add(Thread.startVirtualThread(this::call));
        }
    }

    private void call() {
        while (!stopped) {
            var group = next();
            while (!rig.post(replica(), group)) {
                LockSupport.parkNanos(ASKED_AGAIN_AFTER_NANOS);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private synchronized String next() {
        return groups.get();
    }

    private Replica replica() {
        return rig.replicas()
                .get(Math.floorMod(turn.getAndIncrement(), rig.replicas().size()));
    }

    /** Returns when the last group of each caller is accepted. */
    void stop() {
        stopped = true;
        for (var caller : callers) {
            try {
                caller.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
