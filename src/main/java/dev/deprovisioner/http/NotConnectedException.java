package dev.deprovisioner.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The exchange ended before there was a connection: not a byte of the request was sent. */
final class NotConnectedException extends IOException {

    /** @param what says that there was no connection */
    NotConnectedException(String what, @Nullable Exception cause) {
        super(what, cause);
    }

    /** Because the proxy has answered instead of the host that was asked for. */
    static NotConnectedException byProxy(int status) {
        return new NotConnectedException("no connection (the proxy answered HTTP " + status + ")", null);
    }
}
