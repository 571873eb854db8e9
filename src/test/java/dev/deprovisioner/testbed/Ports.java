package dev.deprovisioner.testbed;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for other processes to listen on. They are below those that systems give to outgoing connections, which tests have
 * many of: one of these could take such a port before its process listens there.
 */
public final class Ports {

    private static final int FIRST = 15_000;
    private static final int COUNT = 10_000;
    private static final AtomicInteger GIVEN =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private Ports() {}

    /** One that nothing listens on, another at each call. */
    public static int free() {
        int port;
        do {
            port = FIRST + Math.floorMod(GIVEN.getAndIncrement(), COUNT);
        } while (!isFree(port));
        return port;
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
