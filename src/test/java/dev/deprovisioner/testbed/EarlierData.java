package dev.deprovisioner.testbed;

import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** A database that was filled under an earlier schema, with a row of every kind, and migrated since. */
public enum EarlierData {
    H2,
    POSTGRESQL;

    private static final String SCHEMA = "11";

    /** A new one at each call, as its owner sees it. */
    public DataSource migrated() {
        var database = empty();
        flyway(database).target(SCHEMA).load().migrate();
        fill(database);
        flyway(database).load().migrate();
        return database;
    }

    private DataSource empty() {
        return switch (this) {
            case H2 -> new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
            case POSTGRESQL -> Postgres.create().owner();
        };
    }

    private FluentConfiguration flyway(DataSource database) {
        var migrations = Flyway.configure().dataSource(database);
        return switch (this) {
            case H2 -> migrations.locations("db/migration");
            case POSTGRESQL -> migrations.locations("db/migration", "db/vendor/postgresql");
        };
    }

    private void fill(DataSource database) {
        guardTrail(database, "DISABLE");
        new ResourceDatabasePopulator(new ClassPathResource("migration/schema-" + SCHEMA + ".sql")).execute(database);
        guardTrail(database, "ENABLE");
    }

    /** PostgreSQL takes no entry that is sealed already. */
    private void guardTrail(DataSource database, String onOrOff) {
        if (this == POSTGRESQL) {
            for (var table : List.of("audit_entry", "audit_chain")) {
                JdbcClient.create(database)
                        .sql("ALTER TABLE " + table + " " + onOrOff + " TRIGGER USER")
                        .update();
            }
        }
    }
}
