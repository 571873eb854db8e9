package dev.deprovisioner.testbed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A proxy as companies have it: https by CONNECT, http by absolute addresses (RFC 9110, sections 7.3.2 and 9.3.6). */
public final class ForwardProxy implements Closeable {

    private final ServerSocket server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile @Nullable String refusal;
    private @Nullable Thread serving;

    private ForwardProxy(ServerSocket server) {
        this.server = server;
    }

    /** Starts it on a free port of the loopback address. */
    public static ForwardProxy start() {
        try {
            var proxy = new ForwardProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            proxy.serving = Thread.ofVirtual().start(proxy::serve);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** The first line of each request. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** From now on answers each request itself, such as with {@code 403 Forbidden}. */
    public void refuse(String status) {
        refusal = status;
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            var head = head(client.getInputStream());
            var first = head.lines().findFirst().orElse("");
            requests.add(first);
            var status = refusal;
            if (status != null) {
                client.getOutputStream()
                        .write(("HTTP/1.1 " + status + "\r\nContent-Length: 2\r\n\r\nno").getBytes(ISO_8859_1));
            } else if (first.startsWith("CONNECT ")) {
                tunnel(client, URI.create("tcp://" + first.split(" ", -1)[1]));
            } else {
                forward(client, head, URI.create(first.split(" ", -1)[1]));
            }
        } catch (IOException e) {
            // One of the two has closed the connection.
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.write(next);
        }
        return head.toString(ISO_8859_1);
    }

    private static void tunnel(Socket client, URI target) throws IOException {
        try (var there = new Socket(target.getHost(), target.getPort())) {
            client.getOutputStream().write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(ISO_8859_1));
            join(client, there);
        }
    }

    private static void forward(Socket client, String head, URI target) throws IOException {
        try (var there = new Socket(target.getHost(), target.getPort())) {
            var origin = head.replaceFirst(" http://[^/ ]+", " ").replaceFirst("(?i)\r\nConnection: [^\r]*", "");
            there.getOutputStream()
                    .write(origin.replaceFirst("\r\n", "\r\nConnection: close\r\n")
                            .getBytes(ISO_8859_1));
            join(client, there);
        }
    }

    /** Copies both ways until the target has closed its end. */
    private static void join(Socket client, Socket there) throws IOException {
        Thread.ofVirtual().start(() -> copy(client, there));
        there.getInputStream().transferTo(client.getOutputStream());
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // The exchange is over.
        }
    }

    /** After this, no connection is accepted any more. */
    @Override
    public void close() throws IOException {
        server.close();
        try {
            Objects.requireNonNull(serving).join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
