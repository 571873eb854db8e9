package dev.deprovisioner.interop;

import dev.deprovisioner.testbed.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;

/**
 * A Keycloak in a child process on a free loopback port, with its database in memory. There is one a JVM, which ends with
 * the JVM of the tests.
 */
final class Keycloak {

    /** The administrator is a client of the realm {@code master}. */
    static final String ADMIN = "administrator";

    private static final Path HOME = Path.of(System.getProperty("keycloak.home", "target/keycloak"));
    private static final Path LOG = HOME.resolveSibling("keycloak.log");
    /** Keycloak builds itself at its first start, which takes a minute on two busy cores. */
    private static final Duration LONGEST_START = Duration.ofMinutes(5);

    private static final class Shared {

        static final Keycloak SERVER = start();
    }

    private final int port = Ports.free();
    private final String adminSecret = UUID.randomUUID().toString();
    private final Process process;

    private Keycloak() throws IOException {
        var builder = new ProcessBuilder(
                HOME.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--features=scim-api",
                "--db=dev-mem",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                // Else the audience that it expects in tokens depends on each request.
                "--hostname=" + uri());
        var environment = builder.environment();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("JAVA_OPTS", "-Xmx512m -XX:MaxMetaspaceSize=256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
        environment.put("KC_BOOTSTRAP_ADMIN_CLIENT_ID", ADMIN);
        environment.put("KC_BOOTSTRAP_ADMIN_CLIENT_SECRET", adminSecret);
        this.process =
                builder.redirectErrorStream(true).redirectOutput(LOG.toFile()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    }

    /** Started when a test first needs it. */
    static Keycloak shared() {
        return Shared.SERVER;
    }

    private static Keycloak start() {
        try {
            var keycloak = new Keycloak();
            keycloak.awaitReady();
            return keycloak;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start Keycloak; -Pinterop unpacks it to " + HOME, e);
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    String adminSecret() {
        return adminSecret;
    }

    private void awaitReady() {
        Awaitility.await()
                .atMost(LONGEST_START)
                .pollInterval(Duration.ofMillis(200))
                .failFast(this::requireAlive)
                .until(() -> Http.answers(uri().resolve("/realms/master")));
    }

    private void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("Keycloak has ended: " + Files.readString(LOG));
        }
    }

    /** The script becomes the server, and may have a process below it while it builds. */
    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
