package dev.deprovisioner.connection;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import org.jspecify.annotations.Nullable;

/** Tells that nothing was asked, for there was no connection to ask over. */
public final class NoConnection {

    private NoConnection() {}

    /** Says so, with the reason if it is TLS, or null if that is not what happened. */
    public static @Nullable String in(Throwable failure) {
        var refusal = TlsRefusal.in(failure);
        if (refusal != null) {
            return refusal;
        }
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof HttpConnectTimeoutException
                    || cause instanceof UnknownHostException
                    || cause instanceof UnresolvedAddressException) {
                return "no connection";
            }
        }
        return null;
    }
}
