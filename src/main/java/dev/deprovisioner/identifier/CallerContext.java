package dev.deprovisioner.identifier;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whose run the current thread works on, for what callers share, such as the provider's rate limit. It is known to
 * this thread alone: work that is handed to others takes it along.
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
