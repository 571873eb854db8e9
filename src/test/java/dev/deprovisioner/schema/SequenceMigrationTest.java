package dev.deprovisioner.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.schema.PreviousVersionTest.Database;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs that there were before they had a sequence are numbered in the order of their ids, and new ones follow. */
@Tag("slow")
class SequenceMigrationTest {

    @ParameterizedTest
    @EnumSource
    void numbersTheRunsThatThereAreInTheOrderOfTheirIds(Database database) {
        var dataSource = database.create();
        migrate(dataSource, "14");
        var jdbc = JdbcClient.create(dataSource);
        List.of(5, 3, 9, 1, 7).forEach(id -> insert(jdbc, id));
        jdbc.sql("UPDATE deprovision SET attempt = 2 WHERE group_id IN ('g3', 'g9')")
                .update();

        migrate(dataSource, "latest");
        insert(jdbc, 0);

        assertThat(jdbc.sql("SELECT sequence || ' ' || group_id FROM deprovision ORDER BY sequence")
                        .query(String.class)
                        .list())
                .containsExactly("1 g1", "2 g3", "3 g5", "4 g7", "5 g9", "6 g0");
    }

    private static void migrate(DataSource dataSource, String target) {
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .target(target)
                .load()
                .migrate();
    }

    /** As the version before does. */
    private static void insert(JdbcClient jdbc, int id) {
        jdbc.sql("""
                        INSERT INTO deprovision (id, group_id, version, status, step, requested_by, requested_at, attempt,
                                                 revalidations, steps, blockers)
                        VALUES (CAST('01900000-0000-7000-8000-00000000000%1$d' AS UUID), 'g%1$d', 1, 'FAILED', 'VALIDATE', 'portal',
                                CURRENT_TIMESTAMP, 1, 0, '[]', '[]')
                        """.formatted(id)).update();
    }
}
