package dev.deprovisioner.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Times that are written to columns and read back. */
class TimestampColumnTest {

    private static final Instant TIME = Instant.parse("2026-11-23T08:00:00.123Z");

    private final JdbcClient jdbc;

    TimestampColumnTest() {
        var database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:timestamps");
        this.jdbc = JdbcClient.create(database);
    }

    @Test
    void readsTheTimeThatWasWrittenInAnyZone() {
        var read = jdbc.sql("SELECT CAST(:time AS TIMESTAMP WITH TIME ZONE) AT TIME ZONE '+05:30' AS at")
                .param("time", TimestampColumn.of(TIME))
                .query((row, number) -> TimestampColumn.read(row, "at"))
                .single();

        assertThat(read).isEqualTo(TIME);
    }

    @Test
    void readsNullForNull() {
        assertThat(TimestampColumn.ofNullable(null)).isNull();
        assertThat(TimestampColumn.ofNullable(TIME)).isEqualTo(TimestampColumn.of(TIME));
        assertThat(jdbc.sql("SELECT CAST(NULL AS TIMESTAMP WITH TIME ZONE) AS at")
                        .query((row, number) -> String.valueOf(TimestampColumn.readNullable(row, "at")))
                        .single())
                .isEqualTo("null");
    }
}
