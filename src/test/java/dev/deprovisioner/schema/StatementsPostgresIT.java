package dev.deprovisioner.schema;

import dev.deprovisioner.testbed.OnPostgres;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@OnPostgres
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
