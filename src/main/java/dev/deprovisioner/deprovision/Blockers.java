package dev.deprovisioner.deprovision;

import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.MemberId;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps the blockers of runs, which are written once and read page by page. */
@Repository
public class Blockers {

    private static final int BATCH = 1000;

    private final JdbcTemplate template;
    private final JdbcClient jdbc;

    Blockers(JdbcTemplate template) {
        this.template = template;
        this.jdbc = JdbcClient.create(template);
    }

    private record Numbered(int number, Blocker blocker) {}

    /** A blocker as rows have it. */
    record Recorded(
            String type,
            @Nullable String memberId,
            @Nullable String reference,
            String detail,
            String remedy) {

        Blocker blocker() {
            var member = memberId == null ? null : new MemberId(memberId);
            return new Blocker(type, member, reference, detail, remedy);
        }
    }

    /** Adds the blockers of a run that had none, in their order. */
    public void insert(DeprovisionId run, List<Blocker> blockers) {
        var rows = IntStream.range(0, blockers.size())
                .mapToObj(index -> new Numbered(index + 1, blockers.get(index)))
                .toList();
        var sql = """
                INSERT INTO deprovision_blocker (deprovision_id, number, type, member_id, reference, detail, remedy)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """;
        template.batchUpdate(sql, rows, BATCH, (statement, next) -> {
            var blocker = next.blocker();
            statement.setObject(1, run.value());
            statement.setInt(2, next.number());
            statement.setString(3, blocker.type());
            statement.setString(
                    4, blocker.memberId() == null ? null : blocker.memberId().value());
            statement.setString(5, blocker.reference());
            statement.setString(6, blocker.detail());
            statement.setString(7, blocker.remedy());
        });
    }

    /**
     * The next blockers of a run.
     *
     * @param after how many of them come before these
     */
    List<Blocker> page(DeprovisionId run, long after, int limit) {
        var page = jdbc.sql("""
                        SELECT type, member_id, reference, detail, remedy FROM deprovision_blocker
                        WHERE deprovision_id = :run AND number > :after
                        ORDER BY number LIMIT :limit
                        """)
                .param("run", run.value())
                .param("after", after)
                .param("limit", limit)
                .query((columns, number) -> new Recorded(
                                columns.getString("type"),
                                columns.getString("member_id"),
                                columns.getString("reference"),
                                columns.getString("detail"),
                                columns.getString("remedy"))
                        .blocker())
                .list();
        return page.isEmpty() ? pageOfBefore(run, after, limit) : page;
    }

    /** The version before has kept them in the run's own row. */
    private List<Blocker> pageOfBefore(DeprovisionId run, long after, int limit) {
        return jdbc
                .sql("SELECT blockers FROM deprovision WHERE id = :run")
                .param("run", run.value())
                .query(String.class)
                .optional()
                .stream()
                .flatMap(text -> DeprovisionRow.blockers(text).stream())
                .map(Recorded::blocker)
                .skip(after)
                .limit(limit)
                .toList();
    }
}
