package dev.deprovisioner;

import dev.deprovisioner.buildreport.Start;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** The service in a JVM of its own, which can be killed, on a database file that outlives it. */
public final class ServiceProcess implements AutoCloseable {

    /** As Maven has packaged it before the whole applications are tested. */
    static final Path JAR = Path.of("target/scim-deprovisioner-0.1.0.jar");

    private final Process process;
    private final int managementPort;
    private final Path output;

    private ServiceProcess(Process process, int managementPort, Path output) {
        this.process = process;
        this.managementPort = managementPort;
        this.output = output;
    }

    /** Starts it with these settings only, in this directory. */
    static ServiceProcess start(Path directory, Map<String, String> settings, int port, int managementPort) {
        return start(directory, settings, Map.of(), port, managementPort, productionClassPath(), List.of());
    }

    /** Starts it with these environment variables only, in this directory. */
    static ServiceProcess startInPod(Path directory, Map<String, String> environment, int port, int managementPort) {
        return start(directory, Map.of(), environment, port, managementPort, productionClassPath(), List.of());
    }

    /**
     * Starts it with a JDBC driver that the service itself does not have.
     *
     * @param driver where its classes are
     */
    public static ServiceProcess startWith(
            Path driver,
            List<String> jvmOptions,
            Path directory,
            Map<String, String> settings,
            int port,
            int managementPort) {
        var classPath = productionClassPath() + File.pathSeparator + driver;
        return start(directory, settings, Map.of(), port, managementPort, classPath, jvmOptions);
    }

    private static ServiceProcess start(
            Path directory,
            Map<String, String> settings,
            Map<String, String> environment,
            int port,
            int managementPort,
            String classPath,
            List<String> jvmOptions) {
        var output = directory.resolve("output.log");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto"));
        command.addAll(jvmOptions);
        command.addAll(List.of(
                "-cp",
                classPath,
                DeprovisionerApplication.class.getName(),
                "--server.port=" + port,
                "--management.server.port=" + managementPort));
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

    public static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ServiceProcess awaitReady() {
        Awaitility.await()
                // Others may be at work on the machine.
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(50))
                .failFast("The service has ended", () -> !isAlive())
                .until(this::isReady);
        return this;
    }

    public long pid() {
        return process.pid();
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
            return HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The service's own classes, with the libraries that it is packaged with and none of the tests'. */
    private static String productionClassPath() {
        var libraries = packagedLibraries();
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> entry.endsWith("target/classes")
                        || libraries.contains(entry.getFileName().toString()))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Set<String> packagedLibraries() {
        try (var jar = new JarFile(JAR.toFile())) {
            return jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.startsWith("BOOT-INF/lib/"))
                    .map(name -> name.substring("BOOT-INF/lib/".length()))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
