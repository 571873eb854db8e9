package dev.deprovisioner.webhook;

import dev.deprovisioner.database.TimestampColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps what all replicas know of the receiver: one row. */
@Repository
class CircuitStateStore {

    private final JdbcClient jdbc;

    CircuitStateStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    CircuitState read() {
        return read("");
    }

    /** Locks the row until the caller's transaction ends. To avoid deadlocks, lock a delivery only after this. */
    CircuitState lock() {
        return read(" FOR UPDATE");
    }

    private CircuitState read(String lock) {
        return jdbc.sql("SELECT failures, probing_since, probe, last_probed FROM webhook_receiver WHERE id = 1" + lock)
                .query((row, number) -> health(row))
                .single();
    }

    void save(CircuitState health) {
        jdbc.sql("""
                        UPDATE webhook_receiver
                        SET failures = :failures, probing_since = :probingSince, probe = :probe, last_probed = :lastProbed
                        WHERE id = 1
                        """)
                .param("failures", health.failures())
                .param("probingSince", TimestampColumn.ofNullable(health.probingSince()))
                .param("probe", health.probe())
                .param("lastProbed", health.lastProbed())
                .update();
    }

    private static CircuitState health(ResultSet row) throws SQLException {
        return new CircuitState(
                row.getInt("failures"),
                TimestampColumn.readNullable(row, "probing_since"),
                row.getString("probe"),
                row.getLong("last_probed"));
    }
}
