package dev.deprovisioner.upstream;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Places for a few at a time, such as the requests in flight. Callers have one turn each for the next place, however many
 * runs and questions they have; among a caller's own requests decisions go first, then one question of each survey.
 */
final class Slots {

    private final ReentrantLock lock = new ReentrantLock();
    private final Line<Waiting> line = new Line<>();
    private int free;

    Slots(int places) {
        this.free = places;
    }

    /** One who waits, equal only to itself. */
    private static final class Waiting {

        private final Condition place;
        private boolean hasPlace;

        Waiting(Condition place) {
            this.place = place;
        }
    }

    /** Waits for a place, in turn. */
    void acquire(Turn turn) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            // Places are free only while nobody waits.
            if (free > 0) {
                free--;
            } else {
                await(turn);
            }
        } finally {
            lock.unlock();
        }
    }

    private void await(Turn turn) throws InterruptedException {
        var waiting = new Waiting(lock.newCondition());
        line.add(turn.path(), waiting);
        try {
            while (!waiting.hasPlace) {
                waiting.place.await();
            }
        } catch (InterruptedException e) {
            leave(turn, waiting);
            throw e;
        }
    }

    private void leave(Turn turn, Waiting waiting) {
        if (waiting.hasPlace) {
            passOn();
        } else {
            line.remove(turn.path(), waiting);
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
        @Nullable Waiting next = line.poll();
        if (next == null) {
            free++;
        } else {
            next.hasPlace = true;
            next.place.signal();
        }
    }

    /** How many callers those have who wait, with this one. */
    int callers(Turn turn) {
        lock.lock();
        try {
            return line.lines() + (line.has(turn.caller()) ? 0 : 1);
        } finally {
            lock.unlock();
        }
    }

    /** How many wait. */
    int waiting() {
        lock.lock();
        try {
            return line.size();
        } finally {
            lock.unlock();
        }
    }
}
