package dev.deprovisioner.testbed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Answers every request with a body that goes on until the client closes the connection. */
public final class EndlessServer implements AutoCloseable {

    private static final byte[] SOME = "x".repeat(16 * 1024).getBytes(US_ASCII);

    private final ServerSocket door;
    private final byte[] head;
    private final AtomicLong sent = new AtomicLong();
    private final ExecutorService connections = Executors.newCachedThreadPool();

    private EndlessServer(ServerSocket door, int status) {
        this.door = door;
        this.head = "HTTP/1.1 %d x\r\nContent-Type: application/json\r\n\r\n"
                .formatted(status)
                .getBytes(US_ASCII);
    }

    /** Starts one on a free loopback port that answers with this status. */
    public static EndlessServer start(int status) {
        try {
            var server = new EndlessServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), status);
            server.connections.execute(server::listen);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort());
    }

    /** The bytes of all bodies that clients read, or that were on their way when a client closed its connection. */
    public long sent() {
        return sent.get();
    }

    private void listen() {
        try {
            while (true) {
                var connection = door.accept();
                connections.execute(() -> answer(connection));
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    private void answer(Socket connection) {
        try (connection) {
            var request = new BufferedReader(new InputStreamReader(connection.getInputStream(), US_ASCII));
            for (var line = request.readLine(); line != null && !line.isEmpty(); ) {
                line = request.readLine();
            }
            var out = connection.getOutputStream();
            out.write(head);
            while (true) {
                out.write(SOME);
                sent.addAndGet(SOME.length);
                // Else it keeps a processor from those who are to stop listening.
                LockSupport.parkNanos(1_000_000);
            }
        } catch (IOException e) {
            // The client has closed the connection.
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        connections.shutdownNow();
    }
}
