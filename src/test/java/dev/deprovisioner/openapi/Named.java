package dev.deprovisioner.openapi;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What must be there by its name. */
final class Named {

    private Named() {}

    /** @throws IllegalStateException if it is not there */
    static <T> T in(Map<String, T> all, String name) {
        @Nullable T one = all.get(name);
        if (one == null) {
            throw new IllegalStateException("The description has no " + name + ", only " + all.keySet());
        }
        return one;
    }
}
