package dev.deprovisioner.deprovision;

import dev.deprovisioner.database.TimestampColumn;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Deletes what was kept of runs that ended long ago. Every method needs a transaction of the caller. Runs are locked
 * first: then concurrent purges take different runs, and no new row can refer to a locked run.
 */
@Repository
class EndedRuns {

    /** How many runs are purged in one transaction. */
    static final int BATCH = 100;

    /** Tables with rows about single persons. A further one is added here. */
    private static final List<String> DETAILS = List.of("group_snapshot", "deprovision_blocker", "checked_members");

    /** Tables whose rows go with their run. A further one is added here. */
    private static final List<String> PARTS = List.of("idempotency_key", "webhook_delivery");

    /** A delivery in a status that only a later version knows is pending. */
    private static final Set<String> ENDED_DELIVERY = Set.of("DELIVERED", "UNDELIVERABLE");

    private final JdbcClient jdbc;

    EndedRuns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A run as far as a purge needs it, so that one that cannot be read otherwise is purged too. */
    record Ended(
            DeprovisionId id,
            GroupId group,
            String steps,
            @Nullable String problem) {

        static Ended read(ResultSet row) throws SQLException {
            return new Ended(
                    new DeprovisionId(row.getObject("id", UUID.class)),
                    new GroupId(row.getString("group_id")),
                    row.getString("steps"),
                    row.getString("problem"));
        }
    }

    /** Locks runs that ended before this time, the first ones first, and still have their details. */
    List<Ended> lockDetailed(Instant cutoff) {
        return jdbc.sql("""
                        SELECT id, group_id, steps, problem FROM deprovision
                        WHERE details_purged = FALSE AND finished_at < :cutoff AND active_group_id IS NULL AND awaited_group_id IS NULL
                          AND needs <= :understood
                        ORDER BY details_purged, finished_at LIMIT :limit FOR UPDATE SKIP LOCKED
                        """)
                .param("cutoff", TimestampColumn.of(cutoff))
                .param("understood", NewerRunRow.UNDERSTOOD)
                .param("limit", BATCH)
                .query((row, number) -> Ended.read(row))
                .list();
    }

    /** Deletes the details of locked runs that have tables of their own. */
    void deleteDetails(Collection<Ended> locked) {
        DETAILS.forEach(table -> deleteFrom(table, "deprovision_id", ids(locked)));
    }

    /**
     * Deletes the details that are in a locked run's row.
     *
     * @param cleaned the same run without details
     */
    void saveWithoutDetails(Ended cleaned) {
        jdbc.sql("""
                        UPDATE deprovision
                        SET details_purged = TRUE, reason = NULL, on_behalf_of = NULL, blockers = '[]', blockers_total = NULL, steps = :steps,
                            problem = :problem
                        WHERE id = :id
                        """)
                .param("steps", cleaned.steps())
                .param("problem", cleaned.problem())
                .param("id", cleaned.id().value())
                .update();
    }

    /** Locks runs that ended before this time, the first ones first, whose details are deleted and whose deliveries have ended. */
    List<Ended> lockPurgeable(Instant cutoff) {
        var locked = jdbc.sql("""
                        SELECT id, group_id, steps, problem FROM deprovision
                        WHERE details_purged = TRUE AND finished_at < :cutoff AND active_group_id IS NULL AND awaited_group_id IS NULL
                          AND needs <= :understood
                          AND NOT EXISTS (SELECT 1 FROM webhook_delivery
                                          WHERE deprovision_id = deprovision.id AND status NOT IN (:ended))
                        ORDER BY details_purged, finished_at LIMIT :limit FOR UPDATE SKIP LOCKED
                        """)
                .param("cutoff", TimestampColumn.of(cutoff))
                .param("ended", ENDED_DELIVERY)
                .param("understood", NewerRunRow.UNDERSTOOD)
                .param("limit", BATCH)
                .query((row, number) -> Ended.read(row))
                .list();
        return withoutRedeliveries(locked);
    }

    /** A redelivery may have been ordered just before the run was locked; from now on, none can be. */
    private List<Ended> withoutRedeliveries(List<Ended> locked) {
        if (locked.isEmpty()) {
            return locked;
        }
        var pending = jdbc.sql("""
                        SELECT deprovision_id, status FROM webhook_delivery WHERE deprovision_id IN (:ids) FOR UPDATE
                        """)
                .param("ids", ids(locked))
                .query((row, number) -> ENDED_DELIVERY.contains(row.getString("status"))
                        ? null
                        : row.getObject("deprovision_id", UUID.class))
                .set();
        return locked.stream()
                .filter(run -> !pending.contains(run.id().value()))
                .toList();
    }

    /** Deletes locked runs with all that refers to them, but for audit entries. */
    void delete(Collection<Ended> locked) {
        deleteDetails(locked);
        PARTS.forEach(table -> deleteFrom(table, "deprovision_id", ids(locked)));
        deleteFrom("deprovision", "id", ids(locked));
    }

    private static List<UUID> ids(Collection<Ended> runs) {
        return runs.stream().map(run -> run.id().value()).toList();
    }

    private void deleteFrom(String table, String column, List<UUID> runs) {
        if (!runs.isEmpty()) {
            jdbc.sql("DELETE FROM %s WHERE %s IN (:runs)".formatted(table, column))
                    .param("runs", runs)
                    .update();
        }
    }
}
