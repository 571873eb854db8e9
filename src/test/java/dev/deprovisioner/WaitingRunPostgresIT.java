package dev.deprovisioner;

import dev.deprovisioner.testbed.Postgres;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Where callers who ask at the same time wait for each other's row. */
class WaitingRunPostgresIT extends WaitingRunIT {

    @Autowired
    WaitingRunPostgresIT(@LocalServerPort int port) {
        super(port);
    }

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        var url = Postgres.create().ownersUrl();
        registry.add("spring.datasource.url", () -> url);
    }
}
