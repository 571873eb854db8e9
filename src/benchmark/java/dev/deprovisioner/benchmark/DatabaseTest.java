package dev.deprovisioner.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class DatabaseTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    private final JdbcTemplate jdbc = new JdbcTemplate(new DriverManagerDataSource(url));
    private final Database database = new Database(url);

    @BeforeEach
    void createTables() {
        jdbc.execute("CREATE TABLE deprovision (id UUID, requested_at TIMESTAMP(3) WITH TIME ZONE, "
                + "not_before TIMESTAMP(3) WITH TIME ZONE, started_at TIMESTAMP(3) WITH TIME ZONE, "
                + "finished_at TIMESTAMP(3) WITH TIME ZONE, status VARCHAR(32))");
        jdbc.execute("CREATE TABLE deprovision_task (task_instance VARCHAR(100))");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void deletesOnlyQueuedRunsThatWereRequestedSinceThen() {
        var before = requested(NOW.minusMillis(1), false);
        requested(NOW, false);
        var started = requested(NOW, true);

        database.deleteQueued(NOW);

        assertThat(jdbc.queryForList("SELECT id FROM deprovision", UUID.class))
                .containsExactlyInAnyOrder(before, started);
        assertThat(jdbc.queryForList("SELECT task_instance FROM deprovision_task", String.class))
                .containsExactlyInAnyOrder(before.toString(), started.toString());
        assertThat(database.queued()).isEqualTo(1);
    }

    @Test
    void runsTakeTheTimeFromWhenTheyAreDueToTheEndOfTheLast() {
        ended(NOW.plusMillis(900), NOW.plusMillis(1_000), "SUCCEEDED");
        ended(NOW.plusMillis(950), NOW.plusMillis(1_500), "SUCCEEDED");

        assertThat(database.awaitEnd(NOW)).isEqualTo(Duration.ofMillis(1_500));
    }

    @Test
    void runsThatEndWithoutSuccessAreAFault() {
        ended(NOW, NOW, "SUCCEEDED");
        ended(NOW, NOW, "BLOCKED");

        assertThatThrownBy(() -> database.awaitEnd(NOW)).hasMessage("Runs that have ended and did not succeed: 1");
    }

    @Test
    void runsThatDoNotEndAreAFault() {
        ended(NOW, null, "WAITING");

        assertThatThrownBy(() -> database.awaitEnd(NOW, Duration.ZERO))
                .hasMessage("After PT0S, runs that have not ended: 1");
    }

    /** Due at {@link #NOW}. */
    private void ended(Instant started, @Nullable Instant finished, String status) {
        jdbc.update(
                "INSERT INTO deprovision (id, not_before, started_at, finished_at, status) VALUES (?, ?, ?, ?, ?)",
                UUID.randomUUID(),
                Timestamp.from(NOW),
                Timestamp.from(started),
                finished == null ? null : Timestamp.from(finished),
                status);
    }

    private UUID requested(Instant time, boolean started) {
        var id = UUID.randomUUID();
        var requestedAt = Timestamp.from(time);
        jdbc.update(
                "INSERT INTO deprovision (id, requested_at, started_at) VALUES (?, ?, ?)",
                id,
                requestedAt,
                started ? requestedAt : null);
        jdbc.update("INSERT INTO deprovision_task (task_instance) VALUES (?)", id.toString());
        return id;
    }
}
