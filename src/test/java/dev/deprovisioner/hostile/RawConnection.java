package dev.deprovisioner.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sends bytes as they are, and reads answers as RFC 9112 says. */
final class RawConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;

    RawConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
    }

    /** One answer to one request, after which others may follow. */
    Answer exchange(byte[] request, boolean withoutBody) throws IOException {
        socket.getOutputStream().write(request);
        return answer(withoutBody);
    }

    /** All that is answered until the server has closed the connection, which it must. */
    List<Answer> exchangeAll(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.shutdownOutput();
        var answers = new ArrayList<Answer>();
        try {
            while (true) {
                answers.add(answer(false));
            }
        } catch (EOFException e) {
            return answers;
        }
    }

    private Answer answer(boolean withoutBody) throws IOException {
        var line = line();
        while (line.startsWith("HTTP/1.1 1")) {
            headers();
            line = line();
        }
        if (!line.startsWith("HTTP/1.1 ")) {
            return new Answer(0, List.of(), line + new String(in.readAllBytes(), UTF_8));
        }
        int status = Integer.parseInt(line.substring(9, 12));
        var head = new Answer(status, headers(), "");
        return withoutBody ? head : new Answer(status, head.headers(), new String(body(head), UTF_8));
    }

    private List<String> headers() throws IOException {
        var headers = new ArrayList<String>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            int colon = Math.max(line.indexOf(':'), 0);
            headers.add(line.substring(0, colon).toLowerCase(Locale.ROOT) + line.substring(colon));
        }
        return headers;
    }

    private byte[] body(Answer head) throws IOException {
        if (head.header("transfer-encoding").equals("chunked")) {
            return chunks();
        }
        var length = head.header("content-length");
        return length.isEmpty() ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.writeBytes(in.readNBytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 && line.isEmpty()) {
                throw new EOFException();
            }
            if (c < 0) {
                break;
            }
            line.append((char) c);
        }
        return new String(line.toString().getBytes(ISO_8859_1), UTF_8).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
