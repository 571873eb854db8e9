package dev.deprovisioner.benchmark;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What the benchmark asks a database of the service, by a connection of its own. */
final class Database implements AutoCloseable {

    private static final long LOOKS_EACH_NANOS = 100_000_000;

    /** The runs of a round take some seconds. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final SingleConnectionDataSource connection;
    private final JdbcClient jdbc;

    /** @param url with its user */
    Database(String url) {
        this.connection = new SingleConnectionDataSource(url, true);
        this.jdbc = JdbcClient.create(connection);
    }

    /** How many transactions of the whole server have written something, up to now. */
    long written() {
        return number("SELECT CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS TEXT) AS BIGINT)");
    }

    /**
     * Waits until all runs with this earliest start have ended.
     *
     * @return how long they took, from that time to the end of the last
     * @throws IllegalStateException if they take too long, or one did not succeed
     */
    Duration awaitEnd(Instant notBefore) {
        return awaitEnd(notBefore, LONGEST);
    }

    Duration awaitEnd(Instant notBefore, Duration longest) {
        var due = Timestamp.from(notBefore);
        long begin = System.nanoTime();
        for (long active = active(due); active > 0; active = active(due)) {
            if (System.nanoTime() - begin >= longest.toNanos()) {
                throw new IllegalStateException("After %s, runs that have not ended: %d".formatted(longest, active));
            }
            LockSupport.parkNanos(LOOKS_EACH_NANOS);
        }
        requireSucceeded(due);
        long millis = number("""
                SELECT CAST(EXTRACT(EPOCH FROM MAX(finished_at) - MIN(not_before)) * 1000 AS BIGINT)
                FROM deprovision WHERE not_before = ?
                """, due);
        return Duration.ofMillis(millis);
    }

    private long active(Timestamp due) {
        return number("SELECT COUNT(*) FROM deprovision WHERE not_before = ? AND finished_at IS NULL", due);
    }

    private void requireSucceeded(Timestamp due) {
        long others = number("SELECT COUNT(*) FROM deprovision WHERE not_before = ? AND status <> 'SUCCEEDED'", due);
        if (others > 0) {
            throw new IllegalStateException("Runs that have ended and did not succeed: " + others);
        }
    }

    /** Of the runs that were requested since then and have started, how long that took. */
    List<Double> millisToStart(Instant since) {
        return jdbc.sql("""
                        SELECT EXTRACT(EPOCH FROM started_at - requested_at) * 1000 FROM deprovision
                        WHERE requested_at >= ? AND started_at IS NOT NULL
                        """)
                .param(Timestamp.from(since))
                .query((row, number) -> row.getDouble(1))
                .list();
    }

    /** How many runs have not started. */
    long queued() {
        return number("SELECT COUNT(*) FROM deprovision WHERE started_at IS NULL AND finished_at IS NULL");
    }

    /** Deletes the runs that were requested since then and have not started. Their audit entries stay. */
    void deleteQueued(Instant since) {
        var requested = Timestamp.from(since);
        jdbc.sql("""
                        DELETE FROM deprovision_task WHERE task_instance IN
                            (SELECT CAST(id AS VARCHAR(36)) FROM deprovision WHERE requested_at >= ? AND started_at IS NULL)
                        """).param(requested).update();
        jdbc.sql("DELETE FROM deprovision WHERE requested_at >= ? AND started_at IS NULL")
                .param(requested)
                .update();
    }

    /** Takes away what deleted rows leave behind, also in indexes. */
    void vacuum() {
        jdbc.sql("VACUUM deprovision, deprovision_task").update();
    }

    private long number(String sql, Object... parameters) {
        return jdbc.sql(sql).params(parameters).query(Long.class).single();
    }

    @Override
    public void close() {
        connection.destroy();
    }
}
