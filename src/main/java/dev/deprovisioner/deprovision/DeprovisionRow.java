package dev.deprovisioner.deprovision;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.deprovisioner.database.TimestampColumn;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A run as a row and back. */
@Component
class DeprovisionRow {

    /** Lenient, so that a row written by a newer version can be read. */
    static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            // A row of before lacks what was added since.
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /** The columns that are written once, with the run's first state. */
    Map<String, @Nullable Object> request(Deprovision run) {
        var columns = new LinkedHashMap<String, @Nullable Object>();
        columns.put("id", run.id().value());
        columns.put("group_id", run.groupId().value());
        columns.put("version", run.version());
        columns.put("requested_by", run.request().by().value());
        columns.put("on_behalf_of", run.request().onBehalfOf());
        columns.put("requested_at", TimestampColumn.of(run.request().at()));
        columns.put("not_before", TimestampColumn.ofNullable(run.request().notBefore()));
        columns.put("reason", run.request().reason());
        return columns;
    }

    /** The columns that each save writes, always in the same order. */
    Map<String, @Nullable Object> state(Deprovision run) {
        var columns = new LinkedHashMap<String, @Nullable Object>();
        var active = run.isTerminal() ? null : run.providerGroupId();
        columns.put("active_group_id", run.held() ? value(active) : null);
        columns.put("awaited_group_id", run.held() ? null : value(active));
        columns.put("held", run.held());
        columns.put("needs", NewerRunRow.needs(run));
        columns.put("status", run.status().name());
        columns.put("step", run.step().name());
        columns.put("steps", JSON.writeValueAsString(run.steps().records()));
        columns.put("webhook_synced", run.webhookSynced());
        put(columns, run.progress());
        put(columns, run.timeline());
        put(columns, run.verdict());
        return columns;
    }

    private static @Nullable String value(@Nullable GroupId id) {
        return id == null ? null : id.value();
    }

    private static void put(Map<String, @Nullable Object> columns, Progress progress) {
        columns.put("provider_group_id", value(progress.providerId()));
        columns.put("display_name", progress.displayName());
        columns.put("members_listed", progress.membersListed());
        columns.put("members_total", progress.membersTotal());
        columns.put("members_checked", progress.membersChecked());
        columns.put("members_removed", progress.membersRemoved());
        columns.put("members_source", progress.membersSource());
        columns.put("warnings", progress.warnings().isEmpty() ? null : JSON.writeValueAsString(progress.warnings()));
    }

    private static void put(Map<String, @Nullable Object> columns, Timeline timeline) {
        columns.put("started_at", TimestampColumn.ofNullable(timeline.startedAt()));
        columns.put("finished_at", TimestampColumn.ofNullable(timeline.finishedAt()));
        columns.put("next_attempt_at", TimestampColumn.ofNullable(timeline.nextAttemptAt()));
        columns.put("attempt", timeline.attempt());
        columns.put("revalidations", timeline.revalidations());
    }

    private void put(Map<String, @Nullable Object> columns, RunResult verdict) {
        var outcome = verdict.outcome();
        var problem = verdict.problem();
        columns.put("outcome", outcome == null ? null : outcome.name());
        // The version before writes no count, also where it goes on with a run of this version.
        columns.put("blockers_total", verdict.blockers() == 0 ? null : verdict.blockers());
        columns.put("problem", problem == null ? null : problem(problem));
    }

    Run read(ResultSet row) throws SQLException {
        return NewerRunRow.isOne(row) ? NewerRunRow.read(row) : understood(row);
    }

    private Deprovision understood(ResultSet row) throws SQLException {
        return new Deprovision(
                new DeprovisionId(row.getObject("id", UUID.class)),
                new GroupId(row.getString("group_id")),
                row.getLong("version"),
                row.getBoolean("held"),
                request(row),
                Status.valueOf(row.getString("status")),
                Step.valueOf(row.getString("step")),
                new Steps(list(row.getString("steps"), StepRecord[].class)),
                progress(row),
                timeline(row),
                verdict(row),
                row.getObject("webhook_synced", Boolean.class));
    }

    String problem(Problem problem) {
        return JSON.writeValueAsString(problem);
    }

    String snapshot(GroupSnapshot snapshot) {
        return JSON.writeValueAsString(snapshot);
    }

    GroupSnapshot snapshot(String content) {
        return JSON.readValue(content, GroupSnapshot.class);
    }

    static RunRequest request(ResultSet row) throws SQLException {
        return new RunRequest(
                new Caller(row.getString("requested_by")),
                row.getString("on_behalf_of"),
                TimestampColumn.read(row, "requested_at"),
                row.getString("reason"),
                TimestampColumn.readNullable(row, "not_before"));
    }

    static Progress progress(ResultSet row) throws SQLException {
        var providerId = row.getString("provider_group_id");
        var warnings = row.getString("warnings");
        return new Progress(
                providerId == null ? null : new GroupId(providerId),
                row.getString("display_name"),
                row.getObject("members_listed", Boolean.class),
                row.getObject("members_total", Integer.class),
                row.getObject("members_checked", Integer.class),
                row.getObject("members_removed", Integer.class),
                row.getString("members_source"),
                warnings == null ? List.of() : list(warnings, Warning[].class));
    }

    static Timeline timeline(ResultSet row) throws SQLException {
        return new Timeline(
                TimestampColumn.readNullable(row, "started_at"),
                TimestampColumn.readNullable(row, "finished_at"),
                TimestampColumn.readNullable(row, "next_attempt_at"),
                row.getInt("attempt"),
                row.getInt("revalidations"));
    }

    private RunResult verdict(ResultSet row) throws SQLException {
        var outcome = row.getString("outcome");
        var problem = row.getString("problem");
        return new RunResult(
                outcome == null ? null : Outcome.valueOf(outcome),
                countBlockers(row),
                problem == null ? null : JSON.readValue(problem, Problem.class));
    }

    /** The version before has kept them in the run's own row, and no count. */
    static int countBlockers(ResultSet row) throws SQLException {
        var total = row.getObject("blockers_total", Integer.class);
        return total != null ? total : blockers(row.getString("blockers")).size();
    }

    static List<Blockers.Recorded> blockers(String text) {
        return list(text, Blockers.Recorded[].class);
    }

    static <T> List<T> list(String text, Class<T[]> type) {
        return Arrays.asList(JSON.readValue(text, type));
    }
}
