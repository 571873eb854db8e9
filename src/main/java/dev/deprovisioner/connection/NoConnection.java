package dev.deprovisioner.connection;

import org.jspecify.annotations.Nullable;

/** Finds out whether a request was certainly not sent, because there was no connection. */
public final class NoConnection {

    private NoConnection() {}

    /** Returns "no connection", with the reason if it is TLS, or null if the request may have been sent. */
    public static @Nullable String in(Throwable failure) {
        var refusal = TlsRefusal.in(failure);
        if (refusal != null) {
            return refusal;
        }
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NotConnected) {
                return "no connection";
            }
        }
        return null;
    }
}
