package dev.deprovisioner.chaos;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.deprovisioner.chaos.Event.Audited;
import dev.deprovisioner.chaos.Event.State;
import dev.deprovisioner.chaos.Event.StepState;
import dev.deprovisioner.chaos.Evidence.Entry;
import dev.deprovisioner.chaos.Evidence.Message;
import dev.deprovisioner.chaos.Evidence.Run;
import dev.deprovisioner.schedule.LeaseTiming;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the service's database holds, read past the service. */
final class StoredRuns {

    private final JdbcTemplate jdbc;

    StoredRuns(String url) {
        this.jdbc = new JdbcTemplate(new DriverManagerDataSource(url));
    }

    List<Run> runs() {
        return jdbc.query("SELECT * FROM deprovision", (row, number) -> run(row));
    }

    List<Entry> audit() {
        return jdbc.query(
                "SELECT * FROM audit_entry ORDER BY id",
                (row, number) -> new Entry(
                        row.getString("deprovision_id"),
                        new Audited(
                                row.getString("action"),
                                row.getString("status"),
                                row.getObject("members", Integer.class),
                                row.getObject("occurred_at", OffsetDateTime.class)
                                        .toInstant())));
    }

    List<Message> outbox() {
        return jdbc.query(
                "SELECT * FROM webhook_delivery",
                (row, number) ->
                        new Message(row.getString("id"), row.getString("deprovision_id"), row.getString("status")));
    }

    /** How many runs ended in which way, and why. */
    Map<String, Long> endings() {
        return jdbc
                .query(
                        "SELECT status, problem FROM deprovision",
                        (row, number) -> (row.getString("status") + " " + problem(row.getString("problem"))).strip())
                .stream()
                .collect(groupingBy(ending -> ending, TreeMap::new, counting()));
    }

    private static String problem(@Nullable String content) {
        return content == null
                ? ""
                : JsonMapper.shared().readTree(content).path("type").asString("");
    }

    boolean hasTasks() {
        var tasks = jdbc.queryForObject(
                "SELECT (SELECT COUNT(*) FROM deprovision_task) + (SELECT COUNT(*) FROM webhook_task)", Long.class);
        return tasks == null || tasks > 0;
    }

    /** How many tasks a process has claimed. */
    long claimsOf(long pid) {
        var claims = jdbc.queryForObject(
                "SELECT (SELECT COUNT(*) FROM deprovision_task WHERE picked AND picked_by LIKE ?)"
                        + " + (SELECT COUNT(*) FROM webhook_task WHERE picked AND picked_by LIKE ?)",
                Long.class,
                pid + "@%",
                pid + "@%");
        return claims == null ? 0 : claims;
    }

    /** For the claims of a process that is gone: as if it had been silent for a whole lease. */
    void letLeasesEnd() {
        long lease = LeaseTiming.PRODUCTION.lease().toMillis();
        for (var table : List.of("deprovision_task", "webhook_task")) {
            jdbc.update(
                    "UPDATE " + table + " SET last_heartbeat = last_heartbeat - ? * INTERVAL '1 millisecond'"
                            + " WHERE picked",
                    lease);
        }
    }

    private static Run run(ResultSet row) throws SQLException {
        return new Run(
                row.getString("id"),
                row.getString("group_id"),
                row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                instant(row.getObject("finished_at", OffsetDateTime.class)),
                state(row.getString("status"), row.getString("step"), row.getString("outcome"), row.getString("steps")),
                row.getObject("members_total", Integer.class),
                row.getObject("members_removed", Integer.class),
                row.getBoolean("webhook_synced"));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    /** @param steps as the column has them */
    static State state(String status, String step, @Nullable String outcome, String steps) {
        var states = new HashMap<String, StepState>();
        JsonMapper.shared()
                .readTree(steps)
                .values()
                .forEach(record -> states.put(
                        record.get("name").asString(), new StepState(hasEnded(record), intends(record.get("sent")))));
        return new State(status, step, outcome, states);
    }

    private static boolean hasEnded(JsonNode record) {
        return Set.of("SUCCEEDED", "FAILED").contains(record.get("state").asString());
    }

    private static boolean intends(JsonNode sent) {
        return sent.get("intents").asInt() > 0 && !sent.has("acceptedAt");
    }
}
