package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Mishaps.Mishap;
import dev.deprovisioner.testbed.Ports;
import dev.deprovisioner.testbed.Relay;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A PostgreSQL that stops, becomes read-only and loses its sessions, behind a network that breaks and hangs. */
final class FailingDatabase implements AutoCloseable {

    private static final Duration AWAY = Duration.ofSeconds(15);
    /** The service gives a statement up after 30 s. */
    private static final Duration HANGING = Duration.ofSeconds(35);

    private final Server server;
    private final int port = Ports.free();
    private final Relay relay;
    private final JdbcTemplate administrator;

    FailingDatabase(Path directory) {
        this.server = Server.start(directory);
        this.relay = new Relay(
                port, URI.create(server.url().substring("jdbc:".length())).getPort());
        this.administrator = new JdbcTemplate(new DriverManagerDataSource(server.url()));
        relay.up();
    }

    /** Of the server, past the network. */
    String directUrl() {
        return server.url();
    }

    /** For the service, with the timeouts that it sets itself. */
    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
    }

    List<Mishap> mishaps() {
        return List.of(
                new Mishap("PostgreSQL stopped", server::stop, AWAY, server::start),
                Mishap.of("all sessions terminated", this::terminateSessions),
                new Mishap("PostgreSQL read-only", this::failOver, AWAY, () -> setReadOnly("off")),
                new Mishap("network down", relay::down, AWAY, relay::up),
                new Mishap("network hanging", relay::hang, HANGING, relay::cut));
    }

    /** As a failover ends them. */
    private void terminateSessions() {
        administrator.query(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
                row -> {});
    }

    /** What answers from now on is a replica: some sessions notice it by a refused write, the others are cut. */
    private void failOver() {
        setReadOnly("on");
        relay.cut();
    }

    private void setReadOnly(String value) {
        administrator.execute("ALTER SYSTEM SET default_transaction_read_only = " + value);
        administrator.query("SELECT pg_reload_conf()", row -> {});
    }

    @Override
    public void close() {
        relay.close();
        server.close();
    }
}
