package dev.deprovisioner.identifier;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * The caller of the run on which the current thread works, for shared resources such as the provider's rate limit. It
 * is bound to the thread: work that is handed to other threads must pass it on.
 */
public final class CallerContext {

    private static final ScopedValue<Caller> CURRENT = ScopedValue.newInstance();

    private CallerContext() {}

    /** Works for a caller. */
    public static <T> T serving(Caller caller, Supplier<T> work) {
        return ScopedValue.where(CURRENT, caller).call(work::get);
    }

    /** Empty while the service works for itself. */
    public static Optional<Caller> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }
}
