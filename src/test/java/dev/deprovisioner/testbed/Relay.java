package dev.deprovisioner.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Passes connections on to a server on this machine, unless it is down: then they break, and new ones are refused. While
 * it hangs, connections stay open and nothing passes, as after the loss of a machine or a network.
 */
public final class Relay implements AutoCloseable {

    private final int port;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private @Nullable ServerSocket server;
    private boolean hanging;

    /** @param port its own, 0 for a free one; it is down at first */
    public Relay(int port, int target) {
        this.port = port;
        this.target = target;
    }

    public synchronized void up() {
        try {
            var listening = new ServerSocket();
            listening.setReuseAddress(true);
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            server = listening;
            Thread.startVirtualThread(() -> accept(listening));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens while it is up. */
    public synchronized int port() {
        return Objects.requireNonNull(server).getLocalPort();
    }

    public synchronized void down() {
        close(server);
        server = null;
        cut();
    }

    /** Breaks the connections that there are, and passes new ones on. */
    public synchronized void cut() {
        hanging = false;
        notifyAll();
        open.forEach(Relay::close);
        open.clear();
    }

    /** Until it is down, or its connections are cut. */
    public synchronized void hang() {
        hanging = true;
    }

    private synchronized void awaitFlow() throws InterruptedException {
        while (hanging) {
            wait();
        }
    }

    private void accept(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                connect(listening.accept());
            } catch (IOException e) {
                return;
            }
        }
    }

    /** Refuses the connection if the target does. */
    private void connect(Socket near) {
        try {
            var far = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(near);
            open.add(far);
            Thread.startVirtualThread(() -> pass(near, far));
            Thread.startVirtualThread(() -> pass(far, near));
        } catch (IOException e) {
            close(near);
        }
    }

    private void pass(Socket from, Socket to) {
        try (from;
                to) {
            copy(from.getInputStream(), to.getOutputStream());
        } catch (IOException | InterruptedException e) {
            // The other direction ends with this one.
        }
    }

    private void copy(InputStream in, OutputStream out) throws IOException, InterruptedException {
        var buffer = new byte[8192];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            awaitFlow();
            out.write(buffer, 0, read);
        }
    }

    private static void close(@Nullable AutoCloseable what) {
        try {
            if (what != null) {
                what.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        down();
    }
}
