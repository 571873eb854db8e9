package dev.deprovisioner;

import dev.deprovisioner.testbed.Postgres;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Where callers who ask at the same time wait for each other's row. The URL alone is enough, as its user may make tables.
 */
class WaitingRunPostgresIT extends WaitingRunIT {

    @Autowired
    WaitingRunPostgresIT(@LocalServerPort int port) {
        super(port);
    }

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        var url = Postgres.create().ownersUrl();
        registry.add("spring.datasource.url", () -> url);
        // The context is kept for other tests, and so are idle connections.
        registry.add("spring.datasource.hikari.minimum-idle", () -> 0);
    }
}
