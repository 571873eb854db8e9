package dev.deprovisioner.http;

import java.io.IOException;

/** The exchange ended before there was a connection: not a byte of the request was sent. */
final class NotConnectedException extends IOException {

    NotConnectedException(Exception cause) {
        super(cause);
    }
}
