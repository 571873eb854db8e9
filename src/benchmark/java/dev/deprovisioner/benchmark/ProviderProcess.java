package dev.deprovisioner.benchmark;

import dev.deprovisioner.benchmark.provider.Behaviour;
import dev.deprovisioner.benchmark.provider.ProviderMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;

/** The provider, and what it is asked by the benchmark alone. */
final class ProviderProcess implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final ChildJvm process;
    private final URI address;

    private ProviderProcess(ChildJvm process) {
        this.process = process;
        this.address = URI.create("http://127.0.0.1:" + process.firstLine());
    }

    static ProviderProcess start(Path directory) {
        return new ProviderProcess(ChildJvm.start(directory, ProviderMain.class));
    }

    URI address() {
        return address;
    }

    /** Begins a new journal, too. */
    void behave(Behaviour behaviour) {
        control("behaviour", behaviour.text());
    }

    /** The requests to its API since it behaves as it does, in the order of their answers. */
    List<Exchange> journal() {
        return control("journal", "").lines().map(Exchange::of).toList();
    }

    private String control(String what, String body) {
        var request = HttpRequest.newBuilder(address.resolve("/control/" + what))
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            return client.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }

    /**
     * @param arrived by the monotonic clock of the machine, in nanoseconds
     * @param inFlight requests when it arrived, with itself
     */
    record Exchange(long arrived, int inFlight, String method, int status) {

        static Exchange of(String line) {
            var parts = line.split(" ", -1);
            return new Exchange(
                    Long.parseLong(parts[0]), Integer.parseInt(parts[1]), parts[2], Integer.parseInt(parts[3]));
        }
    }
}
