package dev.deprovisioner.deprovision;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.GroupId;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds the runs of one group, by any known spelling of its id, in short walks along indexes. */
record RunsOfGroups(JdbcClient jdbc, DeprovisionRow row) {

    /** So many runs of a group are looked through for one whose deletion was left open. */
    private static final int MOST_EARLIER_RUNS = 50;

    /**
     * Knows the provider's spelling of a group id from the latest run that was requested under this spelling. BETWEEN, where = would do, keeps PostgreSQL from looking for a frequent group along the order of all
     * runs.
     */
    GroupSpelling spelling(GroupId asked) {
        var providers = jdbc.sql("""
                        SELECT COALESCE(provider_group_id, group_id) FROM deprovision
                        WHERE group_id BETWEEN :groupId AND :groupId ORDER BY group_id DESC, sequence DESC LIMIT 1
                        """)
                .param("groupId", asked.value())
                .query((row, number) -> new GroupId(row.getString(1)))
                .optional();
        return new GroupSpelling(asked, providers.orElse(asked));
    }

    /** The active run that holds the group, else the latest that held it. One that ended as a duplicate counts only alone. */
    Optional<Run> latestHeld(GroupSpelling group) {
        return newestOfHeld(group)
                .map(run -> run.isDuplicate()
                        ? newestHeld(group).stream()
                                .filter(other -> !other.isDuplicate())
                                .findFirst()
                                .orElse(run)
                        : run);
    }

    /** The active run of this caller that does not hold the group yet. */
    Optional<Run> awaiting(GroupSpelling group, Caller requestedBy) {
        return jdbc.sql("""
                        SELECT * FROM deprovision WHERE requested_by = :requestedBy AND awaited_group_id = :groupId
                        """)
                .param("requestedBy", requestedBy.value())
                .param("groupId", group.providers().value())
                .query((columns, number) -> row.read(columns))
                .optional();
    }

    private Optional<Run> newestOfHeld(GroupSpelling group) {
        return jdbc.sql("""
                        SELECT * FROM deprovision
                        WHERE id = COALESCE(
                            (SELECT id FROM deprovision WHERE active_group_id = :groupId),
                            (SELECT id FROM (
                                 (SELECT id, sequence FROM deprovision
                                  WHERE group_id BETWEEN :groupId AND :groupId AND held = TRUE
                                  ORDER BY group_id DESC, held DESC, sequence DESC LIMIT 1)
                                 UNION ALL
                                 (SELECT id, sequence FROM deprovision
                                  WHERE provider_group_id BETWEEN :groupId AND :groupId AND held = TRUE
                                  ORDER BY provider_group_id DESC, held DESC, sequence DESC LIMIT 1)) AS spelled
                             ORDER BY sequence DESC LIMIT 1))
                        """)
                .param("groupId", group.providers().value())
                .query((columns, number) -> row.read(columns))
                .optional();
    }

    /** The runs of a group, the newest first. By any known spelling. */
    List<Run> newest(GroupSpelling group, int limit) {
        return ofGroup(RunLists.OF_GROUP, group, limit);
    }

    List<Run> newestHeld(GroupSpelling group) {
        return ofGroup(RunLists.HELD_OF_GROUP, group, MOST_EARLIER_RUNS);
    }

    private List<Run> ofGroup(String condition, GroupSpelling group, int limit) {
        return jdbc.sql("SELECT * FROM deprovision " + condition)
                .param("asked", group.asked().value())
                .param("groupId", group.providers().value())
                .param("before", Long.MAX_VALUE)
                .param("limit", limit)
                .query((columns, number) -> row.read(columns))
                .list();
    }
}
