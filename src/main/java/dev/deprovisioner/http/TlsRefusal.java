package dev.deprovisioner.http;

import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/** Recognizes a failed TLS handshake: one side refused the other's certificate, so no request was sent. */
final class TlsRefusal {

    private static final int LONGEST_REASON = 160;

    private TlsRefusal() {}

    /** Says so with the JDK's reason, or null if that is not what happened. */
    static @Nullable String describe(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLHandshakeException) {
                return "no TLS connection (" + reason(cause) + ")";
            }
        }
        return null;
    }

    /** Escaped and cut, because part of the reason may come from an untrusted certificate. */
    private static String reason(Throwable refusal) {
        var reason = String.valueOf(
                NestedExceptionUtils.getMostSpecificCause(refusal).getMessage());
        var printable = reason.replaceAll("[^ -~]", "?");
        return printable.length() > LONGEST_REASON ? printable.substring(0, LONGEST_REASON) : printable;
    }
}
