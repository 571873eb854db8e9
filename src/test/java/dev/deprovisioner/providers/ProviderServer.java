package dev.deprovisioner.providers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.deprovisioner.testbed.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** An HTTP server on loopback behind which one stand-in after the other is. It records and checks every request. */
final class ProviderServer implements AutoCloseable {

    private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    private final Conformance conformance = new Conformance(new ScimSyntax());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer http;
    private volatile @Nullable StandIn standIn;

    record Exchange(ProviderRequest request, int status) {}

    private ProviderServer(HttpServer http) {
        this.http = http;
        http.setExecutor(threads);
        http.createContext("/", this::handle);
    }

    static ProviderServer start() {
        // Else a body over a few kilobytes waits 40 ms for the acknowledgement of what went before it.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            var server = new ProviderServer(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            server.http.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without a slash at its end. */
    String uri() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** Lets this provider answer from now on, and forgets the requests so far. */
    void serve(StandIn provider) {
        standIn = provider;
        exchanges.clear();
    }

    /** The requests to the provider's resources, in order of their arrival. */
    List<Exchange> exchanges() {
        var provider = Objects.requireNonNull(standIn);
        return exchanges.stream()
                .filter(each -> !provider.isForToken(each.request()))
                .toList();
    }

    /** What is wrong with the requests over SCIM by the RFCs. */
    List<String> violations() {
        var provider = Objects.requireNonNull(standIn);
        return exchanges().stream()
                .filter(exchange -> provider.isOverScim(exchange.request()))
                .flatMap(exchange -> conformance.violation(exchange.request()).stream())
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = ProviderRequest.of(exchange);
            var answer = answer(request);
            exchanges.add(new Exchange(request, answer.status()));
            answer.sendTo(exchange);
        }
    }

    private Answer answer(ProviderRequest request) {
        try {
            return Objects.requireNonNull(standIn).answer(request);
        } catch (RuntimeException e) {
            // A request that cannot be read: the check of the conformance says why.
            return Answer.error(400, "The request cannot be read.");
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
