package dev.deprovisioner.http;

import org.jspecify.annotations.Nullable;

/** Finds out whether a request was certainly not sent, because there was no connection. */
public final class ConnectionFailure {

    private ConnectionFailure() {}

    /** Returns "no connection", with the reason if it is TLS or a proxy, or null if the request may have been sent. */
    public static @Nullable String describe(Throwable failure) {
        var refusal = TlsRefusal.describe(failure);
        if (refusal != null) {
            return refusal;
        }
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NotConnectedException unconnected) {
                return unconnected.getMessage();
            }
        }
        return null;
    }
}
