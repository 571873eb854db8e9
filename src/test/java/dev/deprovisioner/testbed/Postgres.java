package dev.deprovisioner.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.deprovisioner.buildreport.Start;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A new, empty database on a PostgreSQL that is as durable as in production, or on one that is not, for tests of plans.
 * There is one server of each a JVM. It runs in a child process, or in a container under the Maven profile {@code
 * containers}.
 *
 * @param server the JDBC URL without a database
 */
public record Postgres(String server, String name) {

    /** Owns the database, and may make and change its tables. */
    public static final String OWNER = "deprovisioner_owner";

    /** May read and write rows, and nothing else. */
    public static final String APPLICATION = "deprovisioner_application";

    /** Of both. */
    public static final String PASSWORD = "a password";

    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** Started when a test first needs it. */
    private static final class Durable {

        static final Server SERVER = Server.start("on");
    }

    /** Loads many rows faster, and executes statements by the same plans. */
    private static final class NotDurable {

        static final Server SERVER = Server.start("off");
    }

    private record Server(String url, JdbcTemplate administrator) {

        /** @param durability on, or off */
        static Server start(String durability) {
            Start.POSTGRESQL.record();
            var server = Boolean.getBoolean("postgres.container") ? container(durability) : embedded(durability);
            server.administrator.execute("CREATE ROLE " + OWNER + " LOGIN PASSWORD '" + PASSWORD + "'");
            server.administrator.execute("CREATE ROLE " + APPLICATION + " LOGIN PASSWORD '" + PASSWORD + "'");
            return server;
        }

        private static Server of(String url, String user, String password) {
            return new Server(url, new JdbcTemplate(new DriverManagerDataSource(url + "postgres", user, password)));
        }

        private static Server embedded(String durability) {
            try {
                var server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", durability)
                        .setServerConfig("synchronous_commit", durability)
                        .setServerConfig("full_page_writes", durability)
                        .start();
                return of("jdbc:postgresql://localhost:%d/".formatted(server.getPort()), "postgres", "postgres");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Server container(String durability) {
            var container = new PostgreSQLContainer("postgres:18-alpine")
                    .withCommand("postgres", "-c", "fsync=" + durability, "-c", "synchronous_commit=" + durability);
            container.start();
            var url = "jdbc:postgresql://%s:%d/".formatted(container.getHost(), container.getMappedPort(5432));
            return of(url, container.getUsername(), container.getPassword());
        }
    }

    /** Rights are granted as docs/install.md says. */
    public static Postgres create() {
        return create(Durable.SERVER);
    }

    /** Loses what it holds if its server is killed; else as {@link #create()}. */
    public static Postgres createNotDurable() {
        return create(NotDurable.SERVER);
    }

    private static Postgres create(Server server) {
        var name = "test_" + DATABASES.incrementAndGet();
        server.administrator.execute("CREATE DATABASE " + name + " OWNER " + OWNER);
        var database = new Postgres(server.url, name);
        var owner = new JdbcTemplate(database.owner());
        owner.execute("ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO " + APPLICATION);
        return database;
    }

    /** Without a user. */
    public String url() {
        return server + name;
    }

    /** With the owner, so that the service needs no other setting. */
    public String ownersUrl() {
        return url() + "?user=" + OWNER + "&password=" + URLEncoder.encode(PASSWORD, UTF_8);
    }

    public DataSource owner() {
        return new DriverManagerDataSource(url(), OWNER, PASSWORD);
    }

    public DataSource application() {
        return new DriverManagerDataSource(url(), APPLICATION, PASSWORD);
    }

    /** One connection of the application for all statements. Each is planned for its own parameters. */
    public SingleConnectionDataSource oneConnection() {
        return new SingleConnectionDataSource(url() + "?prepareThreshold=0", APPLICATION, PASSWORD, true);
    }

    /** Migrated by its owner. */
    public Postgres migrated() {
        Flyway.configure()
                .dataSource(owner())
                .locations("db/migration", "db/vendor/postgresql")
                .load()
                .migrate();
        return this;
    }
}
