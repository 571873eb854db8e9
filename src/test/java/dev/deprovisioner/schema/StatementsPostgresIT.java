package dev.deprovisioner.schema;

import dev.deprovisioner.testbed.OnPostgres;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The same on PostgreSQL; the condition is not inherited. */
@OnPostgres
@EnabledIfSystemProperty(named = "statements.write", matches = "true")
class StatementsPostgresIT extends StatementsIT {

    @Autowired
    StatementsPostgresIT(@LocalServerPort int port) {
        super(port);
    }

    @Override
    String file() {
        return "postgresql";
    }
}
