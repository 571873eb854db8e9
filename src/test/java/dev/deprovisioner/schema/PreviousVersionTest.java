package dev.deprovisioner.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.deprovisioner.testbed.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * While a new version replaces the one before, both work on the new schema: every statement that the one before executes,
 * as it was recorded, still does there what it did.
 */
@Tag("slow")
class PreviousVersionTest {

    private static final Path RECORDS = Path.of("src/test/resources/previous-version");

    enum Database {
        H2,
        POSTGRESQL;

        DataSource create() {
            return switch (this) {
                case H2 -> new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
                case POSTGRESQL -> Postgres.create().owner();
            };
        }

        List<Recorded> statements() {
            return Recorded.read(RECORDS.resolve(name().toLowerCase(Locale.ROOT) + ".txt"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void worksOnTheNewSchema(Database database) {
        assertThat(database.statements()).anyMatch(statement -> statement.sql().startsWith("INSERT INTO deprovision "));

        assertThatCode(() -> repeat(database, "classpath:db/migration")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "H2         | ALTER TABLE deprovision ADD COLUMN region VARCHAR(20) NOT NULL",
                "H2         | ALTER TABLE deprovision DROP COLUMN reason",
                "H2         | ALTER TABLE audit_entry RENAME COLUMN actor TO caller",
                "POSTGRESQL | ALTER TABLE deprovision ADD COLUMN region VARCHAR(20) NOT NULL",
                "POSTGRESQL | ALTER TABLE webhook_delivery DROP COLUMN last_error",
                "POSTGRESQL | ALTER TABLE deprovision_task DROP COLUMN expedited"
            })
    void wouldNotWorkOnASchemaThatLeavesItBehind(Database database, String change, @TempDir Path directory)
            throws Exception {
        Files.writeString(directory.resolve("V1000__leaves_the_previous_version_behind.sql"), change);

        assertThatCode(() -> repeat(database, "classpath:db/migration", "filesystem:" + directory))
                .isInstanceOfAny(SQLException.class, AssertionError.class);
    }

    private static void repeat(Database database, String... migrations) throws SQLException {
        var dataSource = database.create();
        Flyway.configure().dataSource(dataSource).locations(migrations).load().migrate();
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            for (var recorded : database.statements()) {
                boolean query = statement.execute(recorded.sql());
                assertThat(query).isEqualTo(recorded.isQuery());
                assertSame(recorded, Recorded.result(statement, query));
            }
        }
    }

    /** A newer schema may have more columns. */
    private static void assertSame(Recorded recorded, String result) {
        if (recorded.isQuery()) {
            assertThat(List.of(result.split("[\\[\\], ]+")))
                    .as(recorded.sql())
                    .containsAll(List.of(recorded.result().split("[\\[\\], ]+")));
        } else {
            assertThat(result).as(recorded.sql()).isEqualTo(recorded.result());
        }
    }
}
