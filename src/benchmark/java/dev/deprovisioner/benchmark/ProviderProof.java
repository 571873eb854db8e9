package dev.deprovisioner.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.deprovisioner.benchmark.provider.Behaviour;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * Loads the provider with five times what it is going to have, and sees whether it keeps up.
 *
 * @param answered requests a second
 * @param needed requests a second
 */
record ProviderProof(double answered, double needed) {

    private static final int TIMES = 5;
    private static final int ANSWERS = 40;
    /** Without latency each takes little: for about a second. */
    private static final int QUICK_ANSWERS = 500;

    private static final int QUICK_CONNECTIONS = 16;
    /** It need not be disturbed by others each time. */
    private static final int ATTEMPTS = 5;
    /** Of what that many connections could get at this latency. */
    private static final double ENOUGH = 0.9;

    private static final byte[] REQUEST =
            "GET /api/v2/users/member-1/routing/profile HTTP/1.1\r\nHost: benchmark\r\n\r\n".getBytes(US_ASCII);
    private static final int ANSWER_ENDS_WITH = '}';

    static ProviderProof withLatency(ProviderProcess provider, Duration latency, int inFlight) {
        provider.behave(Behaviour.PLAIN.withLatency(latency));
        int connections = TIMES * inFlight;
        return measure(provider, connections, ANSWERS, ENOUGH * connections / (latency.toNanos() / 1e9));
    }

    /** @param asked requests a second that it had in a measurement */
    static ProviderProof withoutLatency(ProviderProcess provider, double asked) {
        provider.behave(Behaviour.PLAIN);
        return measure(provider, QUICK_CONNECTIONS, QUICK_ANSWERS, TIMES * asked);
    }

    private static ProviderProof measure(ProviderProcess provider, int connections, int answers, double needed) {
        double most = 0;
        for (int attempt = 0; attempt < ATTEMPTS && most < needed; attempt++) {
            most = Math.max(most, connections * answers / load(provider.address(), connections, answers));
        }
        return new ProviderProof(most, needed);
    }

    /** What the provider does not sustain; empty if it does. */
    List<String> doubts() {
        return answered >= needed ? List.of() : List.of(text());
    }

    String text() {
        return String.format(
                Locale.ROOT, "the provider answers %.0f requests a second, where %.0f are needed", answered, needed);
    }

    private static double load(URI address, int connections, int answers) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long begin = System.nanoTime();
            var loads = IntStream.range(0, connections)
                    .mapToObj(i -> threads.submit(() -> ask(address.getPort(), answers)))
                    .toList();
            for (var load : loads) {
                load.get();
            }
            return (System.nanoTime() - begin) / 1e9;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void ask(int port, int answers) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            var in = socket.getInputStream();
            for (int i = 0; i < answers; i++) {
                socket.getOutputStream().write(REQUEST);
                readAnswer(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It comes in one part, and its body is an object. */
    private static void readAnswer(InputStream in) throws IOException {
        var buffer = new byte[1024];
        int read = in.read(buffer);
        if (read < 1 || buffer[read - 1] != ANSWER_ENDS_WITH) {
            throw new IOException("Not an answer: " + new String(buffer, 0, Math.max(0, read), US_ASCII));
        }
    }
}
