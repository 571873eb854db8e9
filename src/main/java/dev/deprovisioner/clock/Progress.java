package dev.deprovisioner.clock;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Shows whether a piece of work goes on, without a clock: an ended request or statement is a step, and a wait for a turn
 * counts as going on. It covers the thread that begins the work, and threads that this one starts.
 */
public final class Progress implements AutoCloseable {

    /** A wait with a result. */
    @FunctionalInterface
    public interface Wait<T> {

        T end() throws InterruptedException;
    }

    private static final InheritableThreadLocal<@Nullable Progress> CURRENT = new InheritableThreadLocal<>();

    private final AtomicLong steps = new AtomicLong();
    private final AtomicInteger waiting = new AtomicInteger();

    private Progress() {}

    /** Covers this thread until it is closed by the same thread. */
    public static Progress begin() {
        var progress = new Progress();
        CURRENT.set(progress);
        return progress;
    }

    /** Notes that a request or a statement of the current work has ended, well or not. */
    public static void note() {
        var progress = CURRENT.get();
        if (progress != null) {
            progress.steps.incrementAndGet();
        }
    }

    /** Waits for a turn, a permit or a pause on behalf of the current work. */
    public static <T> T whileWaiting(Wait<T> wait) throws InterruptedException {
        var progress = CURRENT.get();
        if (progress == null) {
            return wait.end();
        }
        progress.waiting.incrementAndGet();
        try {
            return wait.end();
        } finally {
            progress.waiting.decrementAndGet();
            progress.steps.incrementAndGet();
        }
    }

    public static boolean isWatched() {
        return CURRENT.get() != null;
    }

    /** How many steps have ended. */
    public long steps() {
        return steps.get();
    }

    /** Whether any thread of the work waits for its turn. */
    public boolean isWaiting() {
        return waiting.get() > 0;
    }

    @Override
    public void close() {
        CURRENT.remove();
    }
}
