package dev.deprovisioner.chaos;

import dev.deprovisioner.Portal;
import dev.deprovisioner.ServiceProcess;
import dev.deprovisioner.testbed.Ports;
import dev.deprovisioner.testbed.TokenServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One process of the service at a time, with ports, a directory and a name of its own. */
final class Replica implements AutoCloseable {

    private final String name;
    private final Path directory;
    private final Path driver;
    private final List<String> jvmOptions;
    private final Map<String, String> settings;
    private final TokenServer tokens;
    private final int port = Ports.free();
    private final int managementPort = Ports.free();
    private volatile Portal portal;
    private volatile @Nullable ServiceProcess service;

    Replica(
            String name,
            Path parent,
            Path driver,
            List<String> jvmOptions,
            Map<String, String> settings,
            TokenServer tokens) {
        this.name = name;
        this.directory = made(parent.resolve(name));
        this.driver = driver;
        this.jvmOptions = List.copyOf(jvmOptions);
        this.settings = new HashMap<>(settings);
        this.settings.put("spring.application.version", name);
        this.tokens = tokens;
        this.portal = new Portal(port, tokens);
    }

    private static Path made(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return name;
    }

    /** As it names itself to the provider. */
    String userAgent() {
        return "scim-deprovisioner/" + name;
    }

    Portal portal() {
        return portal;
    }

    /** Starts it, and returns when it is ready. */
    void start() {
        begin();
        service().awaitReady();
    }

    void begin() {
        service = ServiceProcess.startWith(driver, jvmOptions, directory, settings, port, managementPort);
        renewToken();
    }

    /** The caller's token does not last for ever. */
    void renewToken() {
        portal = new Portal(port, tokens);
    }

    ServiceProcess service() {
        return Objects.requireNonNull(service);
    }

    boolean isAlive() {
        var current = service;
        return current != null && current.isAlive();
    }

    void kill() {
        service().kill();
    }

    @Override
    public void close() {
        var current = service;
        if (current != null) {
            current.close();
        }
    }
}
