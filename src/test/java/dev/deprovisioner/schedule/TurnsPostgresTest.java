package dev.deprovisioner.schedule;

import dev.deprovisioner.testbed.OnPostgres;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Autowired;

@OnPostgres
class TurnsPostgresTest extends TurnsTest {

    @Autowired
    TurnsPostgresTest(DataSource dataSource) {
        super(dataSource);
    }
}
