package dev.deprovisioner.hostile;

import dev.deprovisioner.hostile.HostileRequest.Framed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sends what the JDK's client agrees to send, in its own way. It takes a connection for free when the answer is there,
 * though a body that the answer did not wait for may still be on its way; so it gets only requests without one.
 */
final class OrdinaryClient {

    /** What that client sets itself. */
    private static final Set<String> ITS_OWN = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    static {
        ITS_OWN.addAll(Set.of("Host", "Connection", "Content-Length", "Expect", "Upgrade"));
    }

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final int port;

    OrdinaryClient(int port) {
        this.port = port;
    }

    /** Empty if it is not for this client. */
    Optional<Answer> exchange(Framed request) throws IOException {
        if (request.body().length > 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(answer(client.send(built(request), BodyHandlers.ofString())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private HttpRequest built(Framed request) {
        var builder = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + request.target()))
                .timeout(Duration.ofSeconds(30))
                .method(request.method(), BodyPublishers.ofByteArray(request.body()));
        request.headers().stream()
                .filter(header -> !ITS_OWN.contains(header.name()))
                .forEach(header -> builder.header(header.name(), header.value()));
        return builder.build();
    }

    private static Answer answer(HttpResponse<String> response) {
        var headers = response.headers().map().entrySet().stream()
                .flatMap(header -> header.getValue().stream().map(value -> header.getKey() + ": " + value))
                .toList();
        return new Answer(response.statusCode(), headers, response.body());
    }
}
