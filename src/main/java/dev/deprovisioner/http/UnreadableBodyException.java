package dev.deprovisioner.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An answer came, but not in a form that its body can be read from. */
public final class UnreadableBodyException extends IOException {

    /** @param what what was answered, such as "an answer whose header is damaged"; nothing of the answer itself */
    UnreadableBodyException(String what, @Nullable Throwable cause) {
        super(what, cause);
    }
}
