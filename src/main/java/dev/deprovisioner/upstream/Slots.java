package dev.deprovisioner.upstream;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The places of requests in flight, and who of these gets the next permit. Who decides on a group goes before those who ask about its members: a change must
 * not wait behind hundreds of questions while what it was decided on grows old. Among the questions, each survey has one
 * turn, then the next survey has one: how many questions another survey has left does not matter.
 */
final class Slots {

    private final ReentrantLock lock = new ReentrantLock();
    private final SequencedSet<Waiting> decisions = new LinkedHashSet<>();
    /** In the order of their turns; a survey is here only while somebody waits. */
    private final Map<Survey, SequencedSet<Waiting>> surveys = new LinkedHashMap<>();

    private int free;

    Slots(int places) {
        this.free = places;
    }

    /** One who waits, equal only to itself. */
    private static final class Waiting {

        private final Condition turn;
        private boolean hasPlace;

        Waiting(Condition turn) {
            this.turn = turn;
        }
    }

    /**
     * Waits for a place, in turn.
     *
     * @param survey whose question it is, or null for a decision
     */
    void acquire(@Nullable Survey survey) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            // Places are free only while nobody waits.
            if (free > 0) {
                free--;
            } else {
                await(survey);
            }
        } finally {
            lock.unlock();
        }
    }

    private void await(@Nullable Survey survey) throws InterruptedException {
        var waiting = new Waiting(lock.newCondition());
        var line = survey == null ? decisions : surveys.computeIfAbsent(survey, s -> new LinkedHashSet<>());
        line.add(waiting);
        try {
            while (!waiting.hasPlace) {
                waiting.turn.await();
            }
        } catch (InterruptedException e) {
            leave(waiting, survey, line);
            throw e;
        }
    }

    private void leave(Waiting waiting, @Nullable Survey survey, SequencedSet<Waiting> line) {
        if (waiting.hasPlace) {
            passOn();
        } else {
            line.remove(waiting);
            if (survey != null && line.isEmpty()) {
                surveys.remove(survey);
            }
        }
    }

    void release() {
        lock.lock();
        try {
            passOn();
        } finally {
            lock.unlock();
        }
    }

    private void passOn() {
        var next = next();
        if (next == null) {
            free++;
        } else {
            next.hasPlace = true;
            next.turn.signal();
        }
    }

    private @Nullable Waiting next() {
        if (!decisions.isEmpty()) {
            return decisions.removeFirst();
        }
        var turns = surveys.entrySet().iterator();
        if (!turns.hasNext()) {
            return null;
        }
        var turn = turns.next();
        turns.remove();
        var next = turn.getValue().removeFirst();
        if (!turn.getValue().isEmpty()) {
            surveys.put(turn.getKey(), turn.getValue());
        }
        return next;
    }

    /** How many wait. */
    int waiting() {
        lock.lock();
        try {
            return decisions.size()
                    + surveys.values().stream().mapToInt(SequencedSet::size).sum();
        } finally {
            lock.unlock();
        }
    }

    /** How many surveys have somebody who waits. */
    int surveysWaiting() {
        lock.lock();
        try {
            return surveys.size();
        } finally {
            lock.unlock();
        }
    }
}
