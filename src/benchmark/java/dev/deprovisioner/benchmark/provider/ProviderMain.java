package dev.deprovisioner.benchmark.provider;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Prints its port, and serves until its standard input ends: the process that started it is gone then. */
public final class ProviderMain {

    private static final int BACKLOG = 2048;

    private ProviderMain() {}

    public static void main(String[] arguments) throws IOException {
        var provider = new Provider();
        var server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(() -> accept(server, provider));
        System.out.println(server.getLocalPort());
        while (System.in.read() >= 0) {
            // Nothing is asked of it here.
        }
    }

    private static void accept(ServerSocket server, Provider provider) {
        try {
            while (true) {
                var socket = server.accept();
                // Else an answer in two parts waits for the client's delayed acknowledgement.
                socket.setTcpNoDelay(true);
                Thread.startVirtualThread(new Connection(socket, provider));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
