package dev.deprovisioner.chaos;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.deprovisioner.soak.Recording;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets things go wrong one after the other until it is stopped, with a pause before each, and records them. */
final class Mishaps {

    private static final Logger log = LoggerFactory.getLogger(Mishaps.class);

    private final Recording recording;
    private final Duration pause;
    private final List<Mishap> once;
    private final List<Mishap> cycle;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Future<?> running = new FutureTask<>(() -> {}, null);

    /** @param end of what has begun, after a while or when the test ends */
    record Mishap(String what, Runnable begin, Duration lasts, Runnable end) {

        static Mishap of(String what, Runnable action) {
            return new Mishap(what, action, Duration.ZERO, () -> {});
        }
    }

    /**
     * @param once come first
     * @param cycle come again and again after those
     */
    Mishaps(Recording recording, Duration pause, List<Mishap> once, List<Mishap> cycle) {
        this.recording = recording;
        this.pause = pause;
        this.once = once;
        this.cycle = cycle;
    }

    Mishaps start() {
        var thread = Executors.newSingleThreadExecutor();
        running = thread.submit(this::run);
        thread.shutdown();
        return this;
    }

    private void run() {
        try {
            takeTurns();
        } catch (RuntimeException e) {
            log.error("Nothing goes wrong any more, for this has failed", e);
            throw e;
        }
    }

    private void takeTurns() {
        for (int turn = 0; !isStoppedWithin(pause); turn++) {
            var mishap = turn < once.size() ? once.get(turn) : cycle.get((turn - once.size()) % cycle.size());
            var from = recording.elapsed();
            mishap.begin().run();
            isStoppedWithin(mishap.lasts());
            mishap.end().run();
            recording.mark(mishap.what(), from);
        }
    }

    private boolean isStoppedWithin(Duration time) {
        try {
            return stopped.await(time.toNanos(), NANOSECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets what is wrong end, and nothing more go wrong. */
    void stop() {
        stopped.countDown();
    }

    /** To be called after {@link #stop}. Returns when nothing is wrong any more. */
    void join() {
        try {
            running.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
