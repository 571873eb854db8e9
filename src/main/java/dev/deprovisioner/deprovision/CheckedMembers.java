package dev.deprovisioner.deprovision;

import dev.deprovisioner.database.TimestampColumn;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.MemberId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps which members an unfinished validation has found to be free of dependencies. Many members are one row, so that a large
 * group takes few statements. A row that is lost costs the questions about its members, and nothing else.
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

        private Stream<MemberId> stream() {
            return members.stream();
        }
    }

    /** @param at when the last of them was answered for */
    public void add(DeprovisionId run, List<MemberId> members, Instant at) {
        jdbc.sql("INSERT INTO checked_members (deprovision_id, checked_at, members) VALUES (:run, :at, :members)")
                .param("run", run.value())
                .param("at", TimestampColumn.of(at))
                .param(
                        "members",
                        JSON.writeValueAsString(
                                members.stream().map(MemberId::value).toList()))
                .update();
    }

    /**
     * The members who need no further question.
     *
     * @param since if the validation was interrupted before that time, all answers are too old
     */
    public Set<MemberId> find(DeprovisionId run, Instant since) {
        var chunks = jdbc.sql("SELECT checked_at, members FROM checked_members WHERE deprovision_id = :run")
                .param("run", run.value())
                .query((row, number) -> Chunk.read(row))
                .list();
        return chunks.stream().anyMatch(chunk -> !chunk.at().isBefore(since))
                ? chunks.stream().flatMap(Chunk::stream).collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    public void forget(DeprovisionId run) {
        jdbc.sql("DELETE FROM checked_members WHERE deprovision_id = :run")
                .param("run", run.value())
                .update();
    }
}
