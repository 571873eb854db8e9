package dev.deprovisioner.benchmark.baseline;

import com.fasterxml.uuid.Generators;
import dev.deprovisioner.benchmark.baseline.RowCopy.Ids;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Commits the rows of an accepted request again and again, and does nothing else. */
final class CommitLoop {

    private static final AtomicInteger GROUPS = new AtomicInteger();

    private final Connection connection;
    private final Map<RowCopy, PreparedStatement> inserts = new LinkedHashMap<>();
    private final Ids original;

    /**
     * @param rows of one run, that of its aggregate first
     * @param database its JDBC URL
     */
    CommitLoop(List<RowCopy> rows, String database) {
        var run = rows.getFirst().values();
        this.original = new Ids((UUID) Objects.requireNonNull(run.get("id")), String.valueOf(run.get("group_id")));
        try {
            this.connection = DriverManager.getConnection(database);
            connection.setAutoCommit(false);
            for (var row : rows) {
                inserts.put(row, row.prepare(connection));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void commitOne() {
        try {
            var ids = new Ids(Generators.timeBasedEpochGenerator().generate(), group());
            for (var insert : inserts.entrySet()) {
                insert.getKey().insert(insert.getValue(), original, ids);
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As long as the one that is replaced, or nearly. */
    private String group() {
        return original.group() + "." + GROUPS.incrementAndGet();
    }
}
