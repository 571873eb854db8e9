package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Event.Request;
import dev.deprovisioner.testbed.Answer;
import dev.deprovisioner.testbed.ScimServer.Arrival;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Holds runs up, each once and at one moment, and knows which process has last asked for their groups. */
final class HoldPoints implements Director {

    private final Map<String, Moment> spots = new ConcurrentHashMap<>();
    private final Map<String, String> processes = new ConcurrentHashMap<>();
    private final Set<String> standing = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch gate = new CountDownLatch(1);
    private volatile boolean lost;

    void holdUp(String group, Moment.Kind kind, String what) {
        spots.put(group, new Moment(kind, what));
    }

    boolean holds(String group) {
        return standing.contains(group);
    }

    /** As it names itself to the provider. */
    String processOf(String group) {
        return processes.getOrDefault(group, "");
    }

    /** Lets the runs that stand go on, if their process still lives. */
    void release() {
        open(false);
    }

    /** What stands on its way to the provider never comes there. */
    void lose() {
        open(true);
    }

    private void open(boolean losing) {
        var before = gate;
        lost = losing;
        gate = new CountDownLatch(1);
        spots.clear();
        standing.clear();
        before.countDown();
    }

    @Override
    public void reached(String group, Moment moment) {
        if (!spots.remove(group, named(group, moment))) {
            return;
        }
        var mine = gate;
        standing.add(group);
        awaitUninterruptibly(mine);
        if (lost) {
            throw new IllegalStateException("Lost");
        }
    }

    private static Moment named(String group, Moment moment) {
        return new Moment(moment.kind(), moment.what().replace(group, "{id}"));
    }

    @Override
    public Optional<Answer> answer(Request request, Arrival arrival) {
        processes.put(request.group(), request.process());
        return Optional.empty();
    }

    private static void awaitUninterruptibly(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
