package dev.deprovisioner.schedule;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Threads that look for more to do after each task; the scheduler would not where some of them are reserved. */
final class PollingExecutor extends ThreadPoolExecutor {

    private final Runnable lookForMore;

    PollingExecutor(String name, int threads, Runnable lookForMore) {
        // Bounded: the scheduler hands over more than there are threads for, and counts on its queueing.
        super(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofVirtual().name(name + "-", 0).factory());
        this.lookForMore = lookForMore;
    }

    @Override
    protected void afterExecute(Runnable task, @Nullable Throwable failure) {
        lookForMore.run();
    }
}
