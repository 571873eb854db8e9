package dev.deprovisioner.deprovision;

import static java.util.stream.Collectors.joining;

import dev.deprovisioner.database.TimestampColumn;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps the runs. A run's row is its sole truth. */
@Repository
public class Deprovisions {

    /** So many runs of a group are looked through for one of a caller. */
    private static final int NEWEST = 50;

    private final JdbcClient jdbc;
    private final DeprovisionRow row;
    private final RunsOfGroups ofGroups;

    Deprovisions(JdbcClient jdbc, DeprovisionRow row) {
        this.jdbc = jdbc;
        this.row = row;
        this.ofGroups = new RunsOfGroups(jdbc, row);
    }

    /** @throws org.springframework.dao.DuplicateKeyException if the group has an active run already */
    void insert(Deprovision run) {
        var columns = row.request(run);
        columns.putAll(row.state(run));
        var names = columns.keySet();
        jdbc.sql("INSERT INTO deprovision (%s) VALUES (:%s)"
                        .formatted(String.join(", ", names), String.join(", :", names)))
                .params(columns)
                .update();
    }

    /**
     * Saves the next state of a run.
     *
     * @return the run as saved
     * @throws OptimisticLockingFailureException if it is not the next state of the stored one: another process owns it
     */
    public Deprovision save(Deprovision run) {
        var state = row.state(run);
        // The driver prepares a statement again when a parameter is null at one time and has a value at another.
        var changes = state.entrySet().stream()
                .map(column -> column.getKey() + " = " + (column.getValue() == null ? "NULL" : ":" + column.getKey()))
                .collect(joining(", "));
        int rows = jdbc.sql("UPDATE deprovision SET version = version + 1, %s WHERE id = :id AND version = :version"
                        .formatted(changes))
                .params(state)
                .param("id", run.id().value())
                .param("version", run.version())
                .update();
        if (rows != 1) {
            throw new OptimisticLockingFailureException("Run " + run.id() + " has another owner");
        }
        return run.saved();
    }

    /** Whether no other process has saved the run since this state of it was saved. */
    public boolean isCurrent(Deprovision run) {
        return jdbc.sql("SELECT COUNT(*) FROM deprovision WHERE id = :id AND version = :version")
                        .param("id", run.id().value())
                        .param("version", run.version())
                        .query(Integer.class)
                        .single()
                == 1;
    }

    public Optional<Run> find(DeprovisionId id) {
        return jdbc.sql("SELECT * FROM deprovision WHERE id = :id")
                .param("id", id.value())
                .query((columns, number) -> row.read(columns))
                .optional();
    }

    /** The active run that holds a group under this spelling. */
    public Optional<DeprovisionId> holder(GroupId spelling) {
        return jdbc.sql("SELECT id FROM deprovision WHERE active_group_id = :groupId")
                .param("groupId", spelling.value())
                .query((row, number) -> new DeprovisionId(row.getObject("id", UUID.class)))
                .optional();
    }

    /**
     * The active run of a group, else the latest. A run that never held the group, or ended because
     * another one held it under the provider's spelling, counts only if there is no other.
     */
    Optional<Run> latest(GroupSpelling group) {
        return latestHeld(group).or(() -> ofGroups.newest(group, 1).stream().findFirst());
    }

    /** The same, by any known spelling. */
    Optional<Run> latest(GroupId group) {
        return latest(spelling(group));
    }

    /** The latest run without those that never held the group: no caller makes one of these of a group that is not its own. */
    Optional<Run> latestHeld(GroupSpelling group) {
        return ofGroups.latestHeld(group);
    }

    /** The active run of this caller that does not hold the group yet. */
    Optional<Run> awaiting(GroupSpelling group, Caller requestedBy) {
        return ofGroups.awaiting(group, requestedBy);
    }

    /** The latest run that this caller requested, if it is one of the newest of the group. */
    Optional<Run> latestBy(Caller caller, GroupId group) {
        return ofGroup(group, NEWEST).stream()
                .filter(run -> run.request().by().equals(caller))
                .findFirst();
    }

    /** The runs of a group, the newest first. By any known spelling. */
    List<Run> ofGroup(GroupId group, int limit) {
        return ofGroups.newest(spelling(group), limit);
    }

    GroupSpelling spelling(GroupId group) {
        return ofGroups.spelling(group);
    }

    /** Keeps where the request for a run came from, as a traceparent. */
    void keepTraceparent(DeprovisionId id, String traceparent) {
        jdbc.sql("UPDATE deprovision SET traceparent = :traceparent WHERE id = :id")
                .param("traceparent", traceparent)
                .param("id", id.value())
                .update();
    }

    public Optional<String> traceparent(DeprovisionId id) {
        return jdbc.sql("SELECT traceparent FROM deprovision WHERE id = :id AND traceparent IS NOT NULL")
                .param("id", id.value())
                .query(String.class)
                .optional();
    }

    /** How many active runs a caller has requested, counted up to a number. */
    int countActive(Caller requestedBy, int atMost) {
        return jdbc.sql("""
                        SELECT (SELECT COUNT(*)
                                FROM (SELECT 1 FROM deprovision
                                      WHERE requested_by = :requestedBy AND active_group_id >= '' LIMIT :atMost) AS active)
                             + (SELECT COUNT(*)
                                FROM (SELECT 1 FROM deprovision
                                      WHERE requested_by = :requestedBy AND awaited_group_id >= '' LIMIT :atMost) AS awaiting)
                        """)
                .param("requestedBy", requestedBy.value())
                .param("atMost", atMost)
                .query(Integer.class)
                .single();
    }

    /** How many active runs there are of each status, and since when. */
    Map<Status, ActiveRuns.Count> countActive() {
        var counts = new EnumMap<Status, ActiveRuns.Count>(Status.class);
        jdbc.sql("""
                        SELECT status, COUNT(*) AS runs, MIN(COALESCE(started_at, next_attempt_at, requested_at)) AS oldest
                        FROM deprovision
                        WHERE status IN (:active)
                        GROUP BY status
                        """)
                .param("active", Status.active().stream().map(Status::name).toList())
                .query(columns -> {
                    var oldest = TimestampColumn.read(columns, "oldest");
                    var count = new ActiveRuns.Count(columns.getLong("runs"), oldest);
                    counts.put(Status.valueOf(columns.getString("status")), count);
                });
        return counts;
    }

    /** Notes that the receiver has confirmed; the run itself has ended before. */
    void markWebhookSynced(DeprovisionId id) {
        jdbc.sql("UPDATE deprovision SET webhook_synced = TRUE WHERE id = :id")
                .param("id", id.value())
                .update();
    }

    /** Stores the snapshot of the group before any change. */
    public void insertSnapshot(Deprovision run, GroupSnapshot snapshot) {
        jdbc.sql("""
                        INSERT INTO group_snapshot (deprovision_id, number, content)
                        SELECT :id, COALESCE(MAX(number) + 1, 0), :content FROM group_snapshot WHERE deprovision_id = :id
                        """)
                .param("id", run.id().value())
                .param("content", row.snapshot(snapshot))
                .update();
    }

    /** The snapshot of the last validation; empty before that, and after its purge. */
    public Optional<GroupSnapshot> findSnapshot(DeprovisionId id) {
        return jdbc.sql("SELECT content FROM group_snapshot WHERE deprovision_id = :id ORDER BY number DESC LIMIT 1")
                .param("id", id.value())
                .query((columns, number) -> row.snapshot(columns.getString("content")))
                .optional();
    }

    /**
     * Another run of the group that failed after it had committed the intent to delete the group. A later success, or a
     * later read that showed the group, closes that. So does a run of a newer version, because its reads are
     * unknown.
     */
    public Optional<Run> unresolvedDeletion(GroupId group, DeprovisionId except) {
        return ofGroups.newestHeld(spelling(group)).stream()
                .filter(run -> !run.id().equals(except))
                .filter(Run::mayHaveSeenGroup)
                .findFirst()
                .filter(Run::hasLeftDeletionOpen);
    }
}
