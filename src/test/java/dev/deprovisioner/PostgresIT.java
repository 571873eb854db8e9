package dev.deprovisioner;

import dev.deprovisioner.testbed.Postgres;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The URL alone is enough, where its user may make tables. */
class PostgresIT extends PostgresApplication {

    @Autowired
    PostgresIT(@LocalServerPort int port, @LocalManagementPort int managementPort) {
        super(port, managementPort);
    }

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        var url = Postgres.create().ownersUrl();
        registry.add("spring.datasource.url", () -> url);
    }
}
