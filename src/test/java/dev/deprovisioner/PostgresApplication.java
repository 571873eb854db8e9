package dev.deprovisioner;

import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A group is removed on PostgreSQL as it is on the embedded database. */
abstract class PostgresApplication extends WholeApplication {

    PostgresApplication(int port, int managementPort) {
        super(port, managementPort);
    }

    /** The application is kept for other tests, and idle connections with it. */
    @DynamicPropertySource
    static void idle(DynamicPropertyRegistry registry) {
        registry.add("spring.datasource.hikari.minimum-idle", () -> 0);
    }

    @Test
    void takesAGroupOut(@Autowired DataSource dataSource) {
        var answer = portal.postAndWait(group, "{\"reason\":\"Team dissolved\"}");
        awaitWebhookSynced();

        assertThat(Portal.json(answer).get("status").asString()).isEqualTo("SUCCEEDED");
        assertThat(portal.auditActions(group))
                .containsExactly("REQUEST", "VALIDATE", "REMOVE_MEMBERS", "DELETE", "WEBHOOK");
        var stored = new JdbcTemplate(dataSource)
                .queryForObject("SELECT display_name || version() FROM deprovision", String.class);
        assertThat(stored).startsWith("Support Tier 1PostgreSQL");
    }
}
