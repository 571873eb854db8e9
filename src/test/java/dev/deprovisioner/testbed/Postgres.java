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
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A new, empty database on a PostgreSQL that is as durable as in production; one server a JVM. It runs in a child
 * process, or in a container under the Maven profile {@code containers}.
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
    private static final class Server {

        static final String URL;
        static final JdbcTemplate ADMINISTRATOR;

        static {
            Start.POSTGRESQL.record();
            if (Boolean.getBoolean("postgres.container")) {
                var container = container();
                URL = "jdbc:postgresql://%s:%d/".formatted(container.getHost(), container.getMappedPort(5432));
                ADMINISTRATOR = jdbc(container.getUsername(), container.getPassword());
            } else {
                URL = "jdbc:postgresql://localhost:%d/".formatted(embedded().getPort());
                ADMINISTRATOR = jdbc("postgres", "postgres");
            }
            ADMINISTRATOR.execute("CREATE ROLE " + OWNER + " LOGIN PASSWORD '" + PASSWORD + "'");
            ADMINISTRATOR.execute("CREATE ROLE " + APPLICATION + " LOGIN PASSWORD '" + PASSWORD + "'");
        }

        private static JdbcTemplate jdbc(String user, String password) {
            return new JdbcTemplate(new DriverManagerDataSource(URL + "postgres", user, password));
        }

        /** By default it would trade durability for speed. */
        private static EmbeddedPostgres embedded() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The command drops the {@code fsync=off} that it has by default. */
        private static PostgreSQLContainer container() {
            var container = new PostgreSQLContainer("postgres:18-alpine").withCommand("postgres");
            container.start();
            return container;
        }
    }

    /** Rights are granted as the README tells an operator to. */
    public static Postgres create() {
        var name = "test_" + DATABASES.incrementAndGet();
        Server.ADMINISTRATOR.execute("CREATE DATABASE " + name + " OWNER " + OWNER);
        var database = new Postgres(Server.URL, name);
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
