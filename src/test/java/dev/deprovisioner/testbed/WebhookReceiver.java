package dev.deprovisioner.testbed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** A receiver of webhooks that confirms every delivery with 204, and keeps a journal of them. */
public final class WebhookReceiver implements AutoCloseable {

    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer http;
    private volatile Consumer<Delivery> hook = delivery -> {};

    private WebhookReceiver(HttpServer http) {
        this.http = http;
        http.setExecutor(requests);
        http.createContext("/", this::receive);
    }

    /** Starts a receiver on a free loopback port. */
    public static WebhookReceiver start() {
        try {
            var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var receiver = new WebhookReceiver(http);
            http.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where deliveries go. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/webhooks");
    }

    /** All deliveries so far, in the order in which they came. */
    public List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }

    /** The deliveries about a group. */
    public List<Delivery> deliveriesAbout(String groupId) {
        return deliveries.stream()
                .filter(delivery -> delivery.body().contains("\"" + groupId + "\""))
                .toList();
    }

    /** Sets what runs when a delivery was received, before it is confirmed. If it throws, the connection is closed. */
    public void onDelivery(Consumer<Delivery> hook) {
        this.hook = hook;
    }

    @Override
    public void close() {
        http.stop(0);
        requests.shutdownNow();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            var delivery = new Delivery(
                    header(exchange, "webhook-id"),
                    header(exchange, "webhook-timestamp"),
                    header(exchange, "webhook-signature"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            deliveries.add(delivery);
            hook.accept(delivery);
            exchange.sendResponseHeaders(204, -1);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        var value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    /** What one request brought. */
    public record Delivery(String id, String timestamp, String signature, String body) {}
}
