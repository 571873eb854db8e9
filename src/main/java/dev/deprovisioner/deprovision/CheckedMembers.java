package dev.deprovisioner.deprovision;

import dev.deprovisioner.database.TimestampColumn;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.MemberId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps which members an unfinished validation has found to be free of dependencies. Many members are one row, so that a large
 * group takes few statements. Only the owner of a run writes. A row that is lost costs the questions about its members, and
 * nothing else.
 */
@Repository
public class CheckedMembers {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;

    CheckedMembers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Chunk(Instant at, List<MemberId> members) {

        static Chunk read(ResultSet row) throws SQLException {
            var ids = Arrays.stream(JSON.readValue(row.getString("members"), String[].class));
            return new Chunk(
                    TimestampColumn.read(row, "checked_at"),
                    ids.map(MemberId::new).toList());
        }
    }

    /**
     * @param checks those that answered for the members
     * @param since when the first of them was answered for
     * @throws OptimisticLockingFailureException if this is not the stored state of the run: another process owns it
     */
    public void add(Deprovision run, String checks, List<MemberId> members, Instant since) {
        int rows = jdbc.sql("""
                        INSERT INTO checked_members (deprovision_id, checked_at, checks, members)
                        SELECT id, CAST(:since AS TIMESTAMP(3) WITH TIME ZONE), CAST(:checks AS VARCHAR(255)),
                               CAST(:members AS TEXT)
                        FROM deprovision WHERE id = :run AND version = :version
                        """)
                .param("since", TimestampColumn.of(since))
                .param("checks", checks)
                .param(
                        "members",
                        JSON.writeValueAsString(
                                members.stream().map(MemberId::value).toList()))
                .param("run", run.id().value())
                .param("version", run.version())
                .update();
        if (rows != 1) {
            throw new OptimisticLockingFailureException("Run " + run.id() + " has another owner");
        }
    }

    /**
     * The members of a run that these checks have answered for.
     *
     * @return each with the time of the last answer, or earlier by as much as a row holds
     */
    public Map<MemberId, Instant> find(DeprovisionId run, String checks) {
        var found = new HashMap<MemberId, Instant>();
        jdbc.sql("""
                        SELECT checked_at, members FROM checked_members
                        WHERE deprovision_id = :run AND checks = :checks ORDER BY checked_at
                        """)
                .param("run", run.value())
                .param("checks", checks)
                .query((row, number) -> Chunk.read(row))
                .list()
                .forEach(chunk -> chunk.members().forEach(member -> found.put(member, chunk.at())));
        return found;
    }

    /** Deletes what is kept of a run, unless another process owns it. */
    public void forget(Deprovision run) {
        jdbc.sql("""
                        DELETE FROM checked_members WHERE deprovision_id =
                            (SELECT id FROM deprovision WHERE id = :run AND version = :version)
                        """)
                .param("run", run.id().value())
                .param("version", run.version())
                .update();
    }
}
