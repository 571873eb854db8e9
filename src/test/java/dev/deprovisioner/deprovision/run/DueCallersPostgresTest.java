package dev.deprovisioner.deprovision.run;

import dev.deprovisioner.testbed.OnPostgres;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@OnPostgres
class DueCallersPostgresTest extends DueCallersTest {

    @Autowired
    DueCallersPostgresTest(JdbcClient jdbc) {
        super(jdbc);
    }
}
