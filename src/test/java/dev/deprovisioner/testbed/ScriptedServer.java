package dev.deprovisioner.testbed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Answers requests with the bytes that a test wrote down, right or wrong, and counts requests and connections. */
public final class ScriptedServer implements AutoCloseable {

    /** An answer that is no answer: the connection is reset. */
    public static final String RESET = "reset";

    /** Begins an answer that is sent to its end byte by byte, one each 50 ms. */
    public static final String DRIP = "drip";

    private static final int LINGER_NOT_AT_ALL = 0;
    private static final long DRIP_NANOS = 50_000_000;

    private final ServerSocket door;
    private final ConcurrentLinkedQueue<String> answers;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    private ScriptedServer(ServerSocket door, List<String> answers) {
        this.door = door;
        this.answers = new ConcurrentLinkedQueue<>(answers);
    }

    /** @param answers one for each request, in ISO 8859-1; later requests wait for an answer for ever */
    public static ScriptedServer start(String... answers) {
        try {
            var door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            var server = new ScriptedServer(door, List.of(answers));
            Thread.startVirtualThread(server::listen);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort() + "/");
    }

    /** The first lines of all requests that were read to the end. */
    public List<String> requests() {
        return requests;
    }

    public int connections() {
        return connections.size();
    }

    /** Sends bytes over the newest connection that no request asked for. */
    public void say(String unasked) throws IOException {
        connections.getLast().getOutputStream().write(unasked.getBytes(ISO_8859_1));
    }

    /** Closes the newest connection. */
    public void hangUp() throws IOException {
        connections.getLast().close();
    }

    private void listen() {
        try {
            while (true) {
                var connection = door.accept();
                connections.add(connection);
                Thread.startVirtualThread(() -> serve(connection));
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), ISO_8859_1));
            for (var line = request(in); line != null; line = request(in)) {
                requests.add(line);
                answer(connection, answers.poll());
            }
        } catch (IOException e) {
            // The client has closed it.
        }
    }

    private static @Nullable String request(BufferedReader in) throws IOException {
        var first = in.readLine();
        long body = 0;
        for (var line = first; line != null && !line.isEmpty(); line = in.readLine()) {
            if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                body = Long.parseLong(line.substring(15).strip());
            }
        }
        in.skip(body);
        return first;
    }

    private static void answer(Socket connection, @Nullable String answer) throws IOException {
        if (RESET.equals(answer)) {
            connection.setSoLinger(true, LINGER_NOT_AT_ALL);
            connection.close();
        } else if (answer != null && answer.startsWith(DRIP)) {
            drip(connection, answer.substring(DRIP.length()).getBytes(ISO_8859_1));
        } else if (answer != null) {
            connection.getOutputStream().write(answer.getBytes(ISO_8859_1));
        }
    }

    private static void drip(Socket connection, byte[] answer) throws IOException {
        for (byte each : answer) {
            connection.getOutputStream().write(each);
            LockSupport.parkNanos(DRIP_NANOS);
        }
    }

    @Override
    public void close() {
        try {
            door.close();
            for (var connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
