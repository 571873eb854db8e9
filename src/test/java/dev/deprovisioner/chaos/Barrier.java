package dev.deprovisioner.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Holds runs up, each at one moment, until the process that works on them is killed. */
final class Barrier implements Director {

    private final Map<String, List<String>> passed = new ConcurrentHashMap<>();
    private final Map<String, String> heldUp = new ConcurrentHashMap<>();
    /** Since when, by the monotonic clock. */
    private final Map<String, Long> standing = new ConcurrentHashMap<>();

    private volatile CountDownLatch killed = new CountDownLatch(1);
    private volatile String current = "";

    /** Lets a run pass. Moments of an unknown group count as moments of this run until the next run is begun. */
    void letPass(String group) {
        current = group;
    }

    /** @param cell the moment at which the group's run shall stand, as {@link #passed} calls it */
    void holdUp(String group, String cell) {
        current = group;
        heldUp.put(group, cell);
    }

    boolean holds(String group) {
        return standing.containsKey(group);
    }

    /** To be called once the process is killed: no thread of it is left that could go on. */
    void release() {
        current = "";
        heldUp.clear();
        standing.clear();
        var before = killed;
        killed = new CountDownLatch(1);
        before.countDown();
    }

    /** The moments of a group's run, in order; those that occur again are numbered. */
    List<String> passed(String group) {
        return List.copyOf(passed.getOrDefault(group, List.of()));
    }

    /** For how long a run has stood. */
    Duration standing(String group) {
        return Duration.ofNanos(System.nanoTime() - standing.getOrDefault(group, System.nanoTime()));
    }

    /** Who else works on a run that stands comes no further either, but for the few who deliver messages. */
    @Override
    public void reached(String known, Moment moment) {
        var gate = killed;
        var group = known.isEmpty() ? current : known;
        if (mayPass(group, moment.toString())) {
            return;
        }
        standing.putIfAbsent(group, System.nanoTime());
        awaitUninterruptibly(gate);
        throw new IllegalStateException("Killed");
    }

    private boolean mayPass(String group, String moment) {
        return standing.containsKey(group) ? moment.contains("webhook") : !heldUp.remove(group, pass(group, moment));
    }

    private synchronized String pass(String group, String moment) {
        var moments = passed.computeIfAbsent(group, name -> new CopyOnWriteArrayList<>());
        int again = 1;
        var cell = moment;
        while (moments.contains(cell)) {
            again++;
            cell = moment + " #" + again;
        }
        moments.add(cell);
        return cell;
    }

    private static void awaitUninterruptibly(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
