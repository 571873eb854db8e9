package dev.deprovisioner.chaos;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Holds runs up, each at one moment, until the process that works on them is killed. */
final class Barrier implements Director {

    private final Map<String, List<String>> passed = new ConcurrentHashMap<>();
    private final Map<String, String> heldUp = new ConcurrentHashMap<>();
    private final Set<String> standing = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch killed = new CountDownLatch(1);
    private volatile String current = "";

    /** Lets a run pass; what cannot be told whose it is, is taken for its, as long as no other run is begun. */
    void letPass(String group) {
        current = group;
    }

    /** @param cell the moment at which the group's run shall stand, as {@link #passed} calls it */
    void holdUp(String group, String cell) {
        current = group;
        heldUp.put(group, cell);
    }

    boolean holds(String group) {
        return standing.contains(group);
    }

    /** Nobody is there any more who could go on. */
    void release() {
        current = "";
        heldUp.clear();
        var before = killed;
        killed = new CountDownLatch(1);
        before.countDown();
    }

    /** The moments of a group's run, in order; those that occur again are numbered. */
    List<String> passed(String group) {
        return List.copyOf(passed.getOrDefault(group, List.of()));
    }

    /** Whether its run has come to nothing after the cell but to what members are asked for at the same time. */
    boolean standsStill(String group, String cell) {
        return passed(group).stream()
                .dropWhile(moment -> !moment.equals(cell))
                .skip(1)
                .allMatch(moment -> moment.contains("routing profile"));
    }

    @Override
    public void reached(String known, Moment moment) {
        var gate = killed;
        var group = known.isEmpty() ? current : known;
        if (heldUp.remove(group, pass(group, moment.toString()))) {
            standing.add(group);
            awaitUninterruptibly(gate);
            throw new IllegalStateException("Killed");
        }
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
