package dev.deprovisioner.deprovision;

import dev.deprovisioner.database.TimestampColumn;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds the runs that belong in a list, the newest first. */
@Repository
class RunLists {

    /**
     * The largest difference between the order of the times and the order of the runs. A request is accepted before its
     * run gets its number, and the previous version used the clock of its process. Runs that are further out of order,
     * because the database's clock was set back, can be missing from the list of a period.
     */
    private static final Duration OUT_OF_ORDER = Duration.ofMinutes(5);

    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    private static final String KEY = """
            SELECT sequence, id, COALESCE(provider_group_id, group_id) AS group_id, display_name, requested_by FROM deprovision
            """;

    /**
     * The runs of a group, newest first. It includes the runs requested under this spelling, under the provider's, and
     * under any other spelling that the provider has shown to be the same. Each part is short, however many runs there
     * are.
     */
    static final String OF_GROUP = ofGroup("", "");

    /** The same without the runs that never held the group. */
    static final String HELD_OF_GROUP = ofGroup("AND held = TRUE", "held DESC,");

    private final JdbcClient jdbc;
    private final DeprovisionRow row;

    private static String ofGroup(String condition, String order) {
        return """
                WHERE sequence IN (
                    (SELECT sequence FROM deprovision WHERE group_id BETWEEN :asked AND :asked AND sequence < :before %1$s
                     ORDER BY group_id DESC, %2$s sequence DESC LIMIT :limit)
                    UNION
                    (SELECT sequence FROM deprovision WHERE group_id BETWEEN :groupId AND :groupId AND sequence < :before %1$s
                     ORDER BY group_id DESC, %2$s sequence DESC LIMIT :limit)
                    UNION
                    (SELECT sequence FROM deprovision
                     WHERE provider_group_id BETWEEN :groupId AND :groupId AND sequence < :before %1$s
                     ORDER BY provider_group_id DESC, %2$s sequence DESC LIMIT :limit))
                ORDER BY sequence DESC LIMIT :limit
                """.formatted(condition, order);
    }

    RunLists(JdbcClient jdbc, DeprovisionRow row) {
        this.jdbc = jdbc;
        this.row = row;
    }

    /** The sequences between which all runs of a period lie, and a few others. */
    record Range(long first, long last) {

        static final Range ALL = new Range(0, Long.MAX_VALUE);
    }

    Optional<RunKey> find(DeprovisionId id) {
        return jdbc.sql(KEY + "WHERE id = :id")
                .param("id", id.value())
                .query((columns, number) -> key(columns))
                .optional();
    }

    Range range(RunFilter filter) {
        if (filter.from() == null && filter.to() == null) {
            return Range.ALL;
        }
        var from = Objects.requireNonNullElse(filter.from(), Instant.EPOCH);
        var to = Objects.requireNonNullElse(filter.to(), LAST);
        return jdbc.sql("""
                        SELECT (SELECT sequence FROM deprovision WHERE requested_at < :from
                                ORDER BY requested_at DESC LIMIT 1) AS before_first,
                               (SELECT sequence FROM deprovision WHERE requested_at >= :to
                                ORDER BY requested_at LIMIT 1) AS after_last
                        """)
                .param("from", TimestampColumn.of(later(from, OUT_OF_ORDER.negated())))
                .param("to", TimestampColumn.of(later(to, OUT_OF_ORDER)))
                .query((columns, number) -> range(columns))
                .single();
    }

    /** No run was requested outside these years, and not every database knows them. */
    private static Instant later(Instant time, Duration by) {
        var bounded = time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time.isAfter(LAST) ? LAST : time;
        return bounded.plus(by);
    }

    private static Range range(ResultSet columns) throws SQLException {
        @Nullable Long last = columns.getObject("after_last", Long.class);
        return new Range(columns.getLong("before_first"), last == null ? Long.MAX_VALUE : last);
    }

    /** @param before only runs with a lower sequence, or null for the newest */
    List<RunKey> newest(RunFilter filter, Range range, @Nullable Long before, int limit) {
        var conditions = new RunListQuery(filter, range, before);
        return jdbc.sql(KEY + conditions.sql() + " LIMIT :limit")
                .params(conditions.parameters())
                .param("limit", limit)
                .query((columns, number) -> key(columns))
                .list();
    }

    /**
     * The runs of a group, by any known spelling.
     *
     * @param before only runs with a lower sequence, or null for the newest
     */
    List<RunKey> ofGroup(GroupSpelling group, @Nullable Long before, int limit) {
        return jdbc.sql(KEY + OF_GROUP)
                .param("asked", group.asked().value())
                .param("groupId", group.providers().value())
                .param("before", Objects.requireNonNullElse(before, Long.MAX_VALUE))
                .param("limit", limit)
                .query((columns, number) -> key(columns))
                .list();
    }

    /** The runs themselves, the newest first. */
    List<Run> read(Collection<RunKey> keys) {
        return keys.isEmpty()
                ? List.of()
                : jdbc.sql("SELECT * FROM deprovision WHERE sequence IN (:sequences) ORDER BY sequence DESC")
                        .param("sequences", keys.stream().map(RunKey::sequence).toList())
                        .query((columns, number) -> row.read(columns))
                        .list();
    }

    private static RunKey key(ResultSet columns) throws SQLException {
        return new RunKey(
                columns.getLong("sequence"),
                new DeprovisionId(columns.getObject("id", UUID.class)),
                new GroupId(columns.getString("group_id")),
                columns.getString("display_name"),
                new Caller(columns.getString("requested_by")));
    }
}
