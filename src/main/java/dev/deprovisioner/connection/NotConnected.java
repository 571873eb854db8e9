package dev.deprovisioner.connection;

import java.io.IOException;

/** The exchange ended before there was a connection: not a byte of the request was sent. */
final class NotConnected extends IOException {

    NotConnected(IOException cause) {
        super(cause);
    }
}
