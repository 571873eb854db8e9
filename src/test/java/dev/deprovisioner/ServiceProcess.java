package dev.deprovisioner;

import dev.deprovisioner.buildreport.Start;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The service in a JVM of its own, which can be killed, on a database file that outlives it. */
public final class ServiceProcess implements AutoCloseable {

    private static final HttpClient PROBES = HttpClient.newHttpClient();

    private final Process process;
    private final int managementPort;
    private final Path output;

    private ServiceProcess(Process process, int managementPort, Path output) {
        this.process = process;
        this.managementPort = managementPort;
        this.output = output;
    }

    /** Starts it with these settings only, in this directory. */
    public static ServiceProcess start(Path directory, Map<String, String> settings, int port, int managementPort) {
        return start(
                PackagedService.command(List.of(), List.of()), directory, settings, Map.of(), port, managementPort);
    }

    /** Starts it with these environment variables only, in this directory. */
    static ServiceProcess startInPod(Path directory, Map<String, String> environment, int port, int managementPort) {
        var command = PackagedService.command(List.of(), List.of());
        return start(command, directory, Map.of(), environment, port, managementPort);
    }

    /**
     * Starts it with a JDBC driver that the service itself does not have.
     *
     * @param driver a jar
     */
    public static ServiceProcess startWith(
            Path driver,
            List<String> jvmOptions,
            Path directory,
            Map<String, String> settings,
            int port,
            int managementPort) {
        var command = PackagedService.command(jvmOptions, List.of(driver));
        return start(command, directory, settings, Map.of(), port, managementPort);
    }

    /** Starts it by a command other than that of most tests, to which the settings are appended. */
    public static ServiceProcess startBy(
            List<String> command, Path directory, Map<String, String> settings, int port, int managementPort) {
        return start(command, directory, settings, Map.of(), port, managementPort);
    }

    private static ServiceProcess start(
            List<String> begin,
            Path directory,
            Map<String, String> settings,
            Map<String, String> environment,
            int port,
            int managementPort) {
        var output = directory.resolve("output.log");
        var command = new ArrayList<>(begin);
        command.addAll(List.of("--server.port=" + port, "--management.server.port=" + managementPort));
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(environment);
        Start.PROCESS.record();
        try {
            return new ServiceProcess(builder.start(), managementPort, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ServiceProcess awaitReady() {
        Awaitility.await()
                // Others may be at work on the machine.
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(50))
                .failFast(this::requireAlive)
                .until(this::isReady);
        return this;
    }

    private void requireAlive() {
        if (!isAlive()) {
            throw new IllegalStateException("The service has ended: " + output());
        }
    }

    public long pid() {
        return process.pid();
    }

    /**
     * What Prometheus would get.
     *
     * @throws UncheckedIOException if there is no answer within 5 s, or the process has ended
     */
    public String metrics() {
        var uri = URI.create("http://127.0.0.1:" + managementPort + "/actuator/prometheus");
        try {
            return PROBES.send(
                            HttpRequest.newBuilder(uri)
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it as a loss of power does: no shutdown hook runs. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** Lets nothing of it go on, until {@link #goOn()}. */
    public void freeze() {
        signal("STOP");
    }

    public void goOn() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks it to stop, as an orchestrator does. */
    public void terminate() {
        process.destroy();
    }

    public int awaitExit() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The service does not end");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What it and its predecessors in this directory have printed. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    boolean isReady() {
        var uri = URI.create("http://127.0.0.1:" + managementPort + "/actuator/health/readiness");
        try {
            return PROBES.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
