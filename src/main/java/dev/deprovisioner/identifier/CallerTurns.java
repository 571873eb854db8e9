package dev.deprovisioner.identifier;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Does work for one caller at a time. A refused caller has its turn in the order of its first refusal, and keeps it until
 * twice the time after which it may ask again. So a caller that asks again at once does not lock others out.
 */
public final class CallerTurns {

    private final long kept;
    private final LongSupplier time;
    /** When each was last refused, in the order of their first refusals. */
    private final LinkedHashMap<Caller, Long> refused = new LinkedHashMap<>();

    private boolean busy;

    /**
     * @param retryAfter how long a refused caller is to wait before it asks again
     * @param time a monotonic clock in nanoseconds
     */
    public CallerTurns(Duration retryAfter, LongSupplier time) {
        this.kept = retryAfter.multipliedBy(2).toNanos();
        this.time = time;
    }

    /**
     * Does the work if it is the caller's turn.
     *
     * @return its result; empty if it is another's turn, or work is being done
     */
    public <T> Optional<T> serve(Caller caller, Supplier<T> work) {
        if (!begin(caller)) {
            return Optional.empty();
        }
        try {
            return Optional.of(work.get());
        } finally {
            end();
        }
    }

    private synchronized boolean begin(Caller caller) {
        long now = time.getAsLong();
        refused.values().removeIf(at -> now - at >= kept);
        if (busy || !isNext(caller)) {
            // Does not change the order.
            refused.put(caller, now);
            return false;
        }
        refused.remove(caller);
        busy = true;
        return true;
    }

    private boolean isNext(Caller caller) {
        return refused.isEmpty() || refused.firstEntry().getKey().equals(caller);
    }

    private synchronized void end() {
        busy = false;
    }
}
