package dev.deprovisioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deprovisioner.buildreport.Start;
import dev.deprovisioner.testbed.PrivateAuthority;
import dev.deprovisioner.testbed.PrivateAuthority.Identity;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A PostgreSQL that talks TLS only, to who has a certificate: parameters of the URL are all that it takes. */
class PostgresTlsIT extends PostgresApplication {

    private static final String ROLE = "deprovisioner";

    @TempDir
    private static Path directory = Path.of("");

    /** Stops with this JVM: the application ends after the tests of this class, and would wait for its database. */
    private static EmbeddedPostgres server;

    private static PrivateAuthority authority;
    private static Identity client;

    @Autowired
    PostgresTlsIT(@LocalServerPort int port, @LocalManagementPort int managementPort) {
        super(port, managementPort);
    }

    @BeforeAll
    static void start() throws IOException {
        authority = PrivateAuthority.create(directory.resolve("authority"));
        client = authority.issue(ROLE, "dns:client.example.com");
        var identity = authority.issue("database", "dns:localhost");
        // The administrator's own connections are not what is tested.
        var access = Files.writeString(
                directory.resolve("access.conf"), "host all postgres all trust\nhostssl all " + ROLE + " all cert\n");
        Start.POSTGRESQL.record();
        server = EmbeddedPostgres.builder()
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", identity.certificate().toString())
                .setServerConfig("ssl_key_file", identity.key().toString())
                .setServerConfig("ssl_ca_file", authority.certificate().toString())
                .setServerConfig("hba_file", access.toString())
                .start();
        new JdbcTemplate(server.getPostgresDatabase()).execute("CREATE ROLE " + ROLE + " LOGIN");
        new JdbcTemplate(server.getPostgresDatabase()).execute("CREATE DATABASE deprovisioner OWNER " + ROLE);
    }

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        registry.add("spring.datasource.url", () -> url("localhost", authority));
    }

    private static String url(String host, PrivateAuthority trusted) {
        return "jdbc:postgresql://%s:%d/deprovisioner?user=%s&sslmode=verify-full&sslrootcert=%s&sslcert=%s&sslkey=%s&pemKeyAlgorithm=EC"
                .formatted(host, server.getPort(), ROLE, trusted.certificate(), client.certificate(), client.key());
    }

    @Test
    void seesACertificateOnEveryConnection(@Autowired DataSource dataSource) {
        var seen = new JdbcTemplate(dataSource)
                .queryForList(
                        "SELECT DISTINCT s.version || ' ' || coalesce(s.client_dn, 'none') FROM pg_stat_ssl s"
                                + " JOIN pg_stat_activity a USING (pid) WHERE a.usename = ?",
                        String.class,
                        ROLE);

        assertThat(seen).containsExactly("TLSv1.3 /CN=" + ROLE);
    }

    @Test
    void isNotTrustedUnlessByTheRightAuthority() {
        var another = PrivateAuthority.create(directory.resolve("another"));

        assertRefused(url("localhost", another), "SSL error");
    }

    @Test
    void isNotTrustedUnderAnotherName() {
        assertRefused(url("127.0.0.1", authority), "could not be verified");
    }

    @ParameterizedTest
    @CsvSource({"sslmode=disable, pg_hba.conf", "sslmode=require, certificate"})
    void refusesConnectionsWithoutACertificate(String parameters, String reason) {
        var url =
                "jdbc:postgresql://localhost:%d/deprovisioner?user=%s&%s".formatted(server.getPort(), ROLE, parameters);

        assertRefused(url, reason);
    }

    private static void assertRefused(String url, String reason) {
        assertThatThrownBy(() -> DriverManager.getConnection(url)).hasStackTraceContaining(reason);
    }
}
