package dev.deprovisioner.database;

import dev.deprovisioner.identifier.Caller;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The caller whose request the current thread handles. Threads that this one starts are not the caller's. */
public final class CallerThread implements AutoCloseable {

    private static final ThreadLocal<@Nullable Caller> CURRENT = new ThreadLocal<>();

    private CallerThread() {}

    /** Until it is closed by the same thread, which then works for the service again. */
    public static CallerThread of(Caller caller) {
        CURRENT.set(caller);
        return new CallerThread();
    }

    /** Empty while the thread works for the service itself. */
    public static Optional<Caller> caller() {
        return Optional.ofNullable(CURRENT.get());
    }

    @Override
    public void close() {
        CURRENT.remove();
    }
}
