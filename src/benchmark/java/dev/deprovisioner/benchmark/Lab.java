package dev.deprovisioner.benchmark;

import dev.deprovisioner.ServiceProcess;
import dev.deprovisioner.benchmark.baseline.BareClientMain;
import dev.deprovisioner.chaos.Server;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Everything around the service: provider, PostgreSQL and the callers' tokens, and what starts it. */
final class Lab implements AutoCloseable {

    private final Scale scale;
    private final Path directory;
    private final Packaging packaging;
    private final ProviderProcess provider;
    private final Server postgres;
    private final StatementLog statements;
    private final TokenServer tokens = TokenServer.withNewClient();
    private final AtomicInteger groups = new AtomicInteger();
    private @Nullable Service plain;
    private @Nullable Service idle;

    Lab(Scale scale, Path directory) {
        this.scale = scale;
        this.directory = directory;
        this.packaging = Packaging.extract(directory);
        this.provider = ProviderProcess.start(directory);
        this.postgres = Server.start(directory.resolve("postgres"), StatementLog.settings(directory));
        this.statements = new StatementLog(directory, postgres.url());
    }

    Scale scale() {
        return scale;
    }

    Packaging packaging() {
        return packaging;
    }

    ProviderProcess provider() {
        return provider;
    }

    StatementLog statements() {
        return statements;
    }

    /** Another one each time. */
    String group(int members) {
        return "group-" + groups.incrementAndGet() + "-" + members;
    }

    ChildJvm bareClient() {
        return ChildJvm.start(
                directory, BareClientMain.class, provider.address().toString());
    }

    /** The service with 16 requests in flight and without limits, for all measurements that leave it as it is. */
    Service plain() {
        if (plain == null) {
            plain = service(packaging.extracted(), "plain", database("plain"), Map.of());
        }
        return plain;
    }

    /** The service as the image starts it, which is asked for nothing. */
    Service idle() {
        if (idle == null) {
            idle = service("idle", Map.of());
        }
        return idle;
    }

    /**
     * Starts the service as the image does, on a database of its own. Without limits, unless the settings say otherwise.
     */
    Service service(String name, Map<String, String> more) {
        return service(name, database(name), more);
    }

    /** @param database its JDBC URL */
    Service service(String name, String database, Map<String, String> more) {
        return service(packaging.image(), name, database, more);
    }

    Service service(List<String> command, String name, String database, Map<String, String> more) {
        var settings = new HashMap<>(settings(database));
        settings.putAll(more);
        int port = Ports.free();
        var process = ServiceProcess.startBy(command, made(directory.resolve(name)), settings, port, Ports.free());
        try {
            return new Service(process.awaitReady(), new Caller(port, tokens), database);
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
    }

    /** The name of the database with this JDBC URL. */
    static String nameOf(String url) {
        return url.replaceFirst("\\?.*", "").replaceFirst(".*/", "");
    }

    /** @return the JDBC URL of a new, empty database */
    String database(String name) {
        new JdbcTemplate(new DriverManagerDataSource(postgres.url())).execute("CREATE DATABASE " + name);
        return postgres.url().replace("/postgres?", "/" + name + "?");
    }

    private Map<String, String> settings(String database) {
        return Map.of(
                "spring.datasource.url",
                database,
                "spring.security.oauth2.resourceserver.jwt.issuer-uri",
                tokens.issuer().toString(),
                "deprovisioner.upstream.base-url",
                provider.address().toString(),
                "deprovisioner.upstream.token-uri",
                provider.address() + "/token",
                "deprovisioner.upstream.client-id",
                "benchmark",
                "deprovisioner.upstream.client-secret",
                "benchmark",
                "deprovisioner.upstream.rate-limit.requests",
                "0",
                "deprovisioner.security.caller-rate-limit.requests",
                "0",
                // Each token has its own: one token is one caller.
                "deprovisioner.security.principal-claim",
                "jti");
    }

    /** A process of a baseline. */
    ChildJvm baseline(Class<?> main, String... arguments) {
        return ChildJvm.start(directory, main, arguments);
    }

    private static Path made(Path path) {
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Stream.of(plain, idle).filter(Objects::nonNull).forEach(Service::close);
        provider.close();
        postgres.close();
    }
}
