package dev.deprovisioner.schedule;

import dev.deprovisioner.clock.Progress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Finds tasks in work that make no progress: they hold a worker, and their lease would be extended for ever. */
final class ProgressWatch {

    static final int SECONDS_BETWEEN_LOOKS = 5;

    /** Two minutes: longer than any request or statement may take. */
    static final int LOOKS = 120 / SECONDS_BETWEEN_LOOKS;

    private final Set<Watched> inWork = ConcurrentHashMap.newKeySet();

    /** A task in work on the current thread. */
    final class Watched implements AutoCloseable {

        private final String id;
        private final long version;
        private final Thread thread = Thread.currentThread();
        private final Progress progress = Progress.begin();
        private volatile boolean lost;
        private long steps;
        private int looksWithout;
        private boolean ended;

        private Watched(String id, long version) {
            this.id = id;
            this.version = version;
        }

        String id() {
            return id;
        }

        /** The version at the claim. */
        long version() {
            return version;
        }

        /** Whether the work has to leave the task to another process. */
        boolean isLost() {
            return lost;
        }

        private boolean isStalled() {
            boolean moved = progress.isWaiting() || progress.steps() != steps;
            steps = progress.steps();
            looksWithout = moved ? 0 : looksWithout + 1;
            return looksWithout >= LOOKS;
        }

        /** From now on the work sends nothing destructive. */
        void loseLease() {
            lost = true;
        }

        /** Ends a wait of its thread. */
        synchronized void interrupt() {
            if (!ended) {
                thread.interrupt();
            }
        }

        @Override
        public synchronized void close() {
            ended = true;
            progress.close();
            inWork.remove(this);
            if (lost) {
                // The next task of this thread was not meant.
                Thread.interrupted();
            }
        }
    }

    /** @param version of the task at its claim */
    Watched begin(String id, long version) {
        var watched = new Watched(id, version);
        inWork.add(watched);
        return watched;
    }

    /** Those that have made no progress for so many looks, this one included. To be called by one thread at a time. */
    Stream<Watched> look() {
        return inWork.stream().filter(Watched::isStalled);
    }
}
