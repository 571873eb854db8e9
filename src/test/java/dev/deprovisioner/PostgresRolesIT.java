package dev.deprovisioner;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deprovisioner.testbed.Postgres;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** One role migrates; the one that the service works with may change rows only. */
class PostgresRolesIT extends PostgresApplication {

    @Autowired
    PostgresRolesIT(@LocalServerPort int port, @LocalManagementPort int managementPort) {
        super(port, managementPort);
    }

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        var url = Postgres.create().url();
        registry.add("spring.datasource.url", () -> url);
        registry.add("spring.datasource.username", () -> Postgres.APPLICATION);
        registry.add("spring.datasource.password", () -> Postgres.PASSWORD);
        registry.add("spring.flyway.user", () -> Postgres.OWNER);
        registry.add("spring.flyway.password", () -> Postgres.PASSWORD);
    }

    @Test
    void cannotChangeTables(@Autowired DataSource dataSource) {
        var jdbc = new JdbcTemplate(dataSource);

        assertThatThrownBy(() -> jdbc.execute("CREATE TABLE more (id INTEGER)"))
                .rootCause()
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> jdbc.execute("DROP TABLE deprovision"))
                .rootCause()
                .hasMessageContaining("must be owner");
    }
}
