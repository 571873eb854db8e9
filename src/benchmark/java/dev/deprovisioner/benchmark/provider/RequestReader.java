package dev.deprovisioner.benchmark.provider;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads HTTP/1.1 requests whose bodies, if any, have a Content-Length. */
final class RequestReader {

    private static final String LENGTH = "\r\ncontent-length:";

    private final InputStream in;
    private byte[] buffer = new byte[16 * 1024];
    private int filled;

    RequestReader(InputStream in) {
        this.in = in;
    }

    /** The next request; null when the client has ended its side. */
    @Nullable
    WireRequest next() throws IOException {
        int body = bodyStart();
        while (body < 0) {
            if (!fill()) {
                return null;
            }
            body = bodyStart();
        }
        var head = new String(buffer, 0, body, ISO_8859_1);
        int end = body + length(head);
        while (filled < end) {
            if (!fill()) {
                return null;
            }
        }
        var parts = head.substring(0, head.indexOf('\r')).split(" ", 3);
        var request = new WireRequest(parts[0], parts[1], new String(buffer, body, end - body, UTF_8));
        System.arraycopy(buffer, end, buffer, 0, filled - end);
        filled -= end;
        return request;
    }

    private boolean fill() throws IOException {
        if (filled == buffer.length) {
            buffer = java.util.Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        filled += Math.max(0, read);
        return read > 0;
    }

    /** Behind the empty line that ends the headers; -1 if that has not come yet. */
    private int bodyStart() {
        for (int i = 3; i < filled; i++) {
            if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n' && buffer[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    private static int length(String head) throws IOException {
        var lower = head.toLowerCase(Locale.ROOT);
        if (lower.contains("\r\ntransfer-encoding:")) {
            throw new IOException("A body without a length: " + head);
        }
        int at = lower.indexOf(LENGTH);
        return at < 0
                ? 0
                : Integer.parseInt(head.substring(at + LENGTH.length(), head.indexOf('\r', at + 2))
                        .strip());
    }
}
