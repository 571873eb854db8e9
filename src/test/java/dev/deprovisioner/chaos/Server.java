package dev.deprovisioner.chaos;

import dev.deprovisioner.buildreport.Start;
import dev.deprovisioner.testbed.Ports;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL of a test's own, which can be stopped and started, and is as durable as in production. */
public final class Server implements AutoCloseable {

    private final Path directory;
    private final Map<String, String> settings;
    private final int port = Ports.free();
    private @Nullable EmbeddedPostgres running;

    private Server(Path directory, Map<String, String> settings) {
        this.directory = directory;
        this.settings = settings;
    }

    public static Server start(Path directory) {
        return start(directory, Map.of());
    }

    /** @param settings of PostgreSQL, besides those of durability */
    public static Server start(Path directory, Map<String, String> settings) {
        var server = new Server(directory, settings);
        server.start();
        return server;
    }

    void start() {
        Start.POSTGRESQL.record();
        try {
            var builder = EmbeddedPostgres.builder();
            settings.forEach(builder::setServerConfig);
            running = builder.setDataDirectory(directory)
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    // Others may be at work on the machine.
                    .setPGStartupWait(Duration.ofMinutes(2))
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("max_connections", "200")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres&socketTimeout=30&tcpKeepAlive=true";
    }

    void stop() {
        try {
            if (running != null) {
                running.close();
                running = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
