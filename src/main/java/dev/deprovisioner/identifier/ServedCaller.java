package dev.deprovisioner.identifier;

import java.util.function.Supplier;

/**
 * Whose run the current thread works on, for what callers share, such as the provider's rate limit. It is known to
 * this thread alone: work that is handed to others takes it along.
 */
public final class ServedCaller {

    private static final ScopedValue<String> CURRENT = ScopedValue.newInstance();

    private ServedCaller() {}

    /**
     * Works for a caller.
     *
     * @param caller as its token calls it
     */
    public static <T> T serving(String caller, Supplier<T> work) {
        return ScopedValue.where(CURRENT, caller).call(work::get);
    }

    /** The caller as its token calls it; empty where the service works for itself. */
    public static String current() {
        return CURRENT.orElse("");
    }
}
