package dev.deprovisioner.upstream;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The places of requests in flight. Who decides on a group goes before those who ask about its members: a change must
 * not wait behind hundreds of questions while what it was decided on grows old.
 */
final class Slots {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition first = lock.newCondition();
    private final Condition others = lock.newCondition();
    private int free;
    private int firstWaiting;

    Slots(int places) {
        this.free = places;
    }

    /** Waits for a place, in turn with others of the same kind. */
    void acquire(boolean goesFirst) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (goesFirst) {
                acquireFirst();
            } else {
                while (free == 0 || firstWaiting > 0) {
                    others.await();
                }
            }
            free--;
        } catch (InterruptedException e) {
            wakeNext();
            throw e;
        } finally {
            lock.unlock();
        }
    }

    private void acquireFirst() throws InterruptedException {
        firstWaiting++;
        try {
            while (free == 0) {
                first.await();
            }
        } finally {
            firstWaiting--;
        }
    }

    void release() {
        lock.lock();
        try {
            free++;
            wakeNext();
        } finally {
            lock.unlock();
        }
    }

    private void wakeNext() {
        if (firstWaiting > 0) {
            first.signal();
        } else {
            others.signal();
        }
    }
}
