package dev.deprovisioner.deprovision;

import dev.deprovisioner.database.TimestampColumn;
import dev.deprovisioner.identifier.DeprovisionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.JacksonException;

/** Reads runs for the requests that wait for them, in one statement for all. */
@Repository
class AwaitedRuns {

    private final JdbcClient jdbc;
    private final DeprovisionRow row;

    AwaitedRuns(JdbcClient jdbc, DeprovisionRow row) {
        this.jdbc = jdbc;
        this.row = row;
    }

    /**
     * Those of these runs for which an answer may be due: all that have ended, and some others.
     *
     * @param awaited at least one
     * @param inAnyState at least one of them that is returned also if it goes on
     * @param firstEnd when the first of the waits ends: a run with a later next attempt is returned
     */
    List<Run> find(Collection<DeprovisionId> awaited, Collection<DeprovisionId> inAnyState, Instant firstEnd) {
        return jdbc
                .sql("""
                        SELECT * FROM deprovision
                        WHERE id IN (:awaited)
                          AND (active_group_id IS NULL AND awaited_group_id IS NULL
                            OR next_attempt_at > :firstEnd OR id IN (:inAnyState))
                        """)
                .param("awaited", values(awaited))
                .param("inAnyState", values(inAnyState))
                .param("firstEnd", TimestampColumn.of(firstEnd))
                .query((columns, number) -> read(columns))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** A row that cannot be read must not hold up the answers to those who wait for others. */
    private Optional<Run> read(ResultSet columns) throws SQLException {
        try {
            return Optional.of(row.read(columns));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static List<UUID> values(Collection<DeprovisionId> ids) {
        return ids.stream().map(DeprovisionId::value).toList();
    }
}
