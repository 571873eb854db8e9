package dev.deprovisioner.upstream.ratelimit;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets one at a time go on. Changes go first, first come, first served. Then callers have one turn each, regardless of
 * the number of their runs and questions. Among a caller's own reads, those of groups go first, then one question of
 * each survey.
 */
final class FairGate {

    private final ReentrantLock lock = new ReentrantLock();
    private final FairQueue<Waiting> line = new FairQueue<>();
    private boolean taken;

    /** One who waits, equal only to itself. */
    private static final class Waiting {

        private final Condition changed;
        private boolean hasTurn;

        Waiting(Condition changed) {
            this.changed = changed;
        }
    }

    /** Waits for its turn. */
    void acquire(QueueKey turn) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            // While requests wait, it is always taken.
            if (taken) {
                await(turn);
            }
            taken = true;
        } finally {
            lock.unlock();
        }
    }

    private void await(QueueKey turn) throws InterruptedException {
        var waiting = new Waiting(lock.newCondition());
        line.add(turn.path(), waiting);
        try {
            while (!waiting.hasTurn) {
                waiting.changed.await();
            }
        } catch (InterruptedException e) {
            leave(turn, waiting);
            throw e;
        }
    }

    private void leave(QueueKey turn, Waiting waiting) {
        if (waiting.hasTurn) {
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
            taken = false;
        } else {
            next.hasTurn = true;
            next.changed.signal();
        }
    }

    /** How many callers those have who wait, with this one. */
    int callers(QueueKey turn) {
        lock.lock();
        try {
            return line.lines() + (line.has(turn.caller()) ? 0 : 1);
        } finally {
            lock.unlock();
        }
    }
}
