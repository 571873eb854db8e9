package dev.deprovisioner.deprovision;

import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.problem.RecordedProblem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Recognizes the rows of runs that only a newer version understands, and reads them for showing. */
final class NewerRunRow {

    /** The highest version of a row's meaning that this version of the service works on. */
    static final int UNDERSTOOD = 2;

    /** From this version on, members may be read elsewhere than in the group itself. */
    private static final int OTHER_MEMBER_SOURCES = 1;

    /** From this version on, an active run may not hold its group yet. */
    private static final int NO_HOLD = 2;

    private NewerRunRow() {}

    /**
     * The version of a row's meaning: an earlier one would hold the group for a caller that may not manage it, or take the
     * group's own list for the members.
     */
    static int needs(Deprovision run) {
        if (!run.held() && !run.isTerminal()) {
            return NO_HOLD;
        }
        var source = run.progress().membersSource();
        return source == null || source.equals("group") ? 0 : OTHER_MEMBER_SOURCES;
    }

    /** Whether the row has a meaning, or a word in a place that decides, that this version does not know. */
    static boolean isOne(ResultSet row) throws SQLException {
        return row.getInt("needs") > UNDERSTOOD
                || !isKnown(Status.class, row.getString("status"))
                || !isKnown(Step.class, row.getString("step"))
                || !isKnownOrNone(Outcome.class, row.getString("outcome"))
                || !steps(row).stream().allMatch(NewerRunRow::isKnown)
                || !hasKnownProblem(row)
                || isActiveWithBlockers(row);
    }

    static NewerRun read(ResultSet row) throws SQLException {
        return new NewerRun(
                new DeprovisionId(row.getObject("id", UUID.class)),
                new GroupId(row.getString("group_id")),
                DeprovisionRow.request(row),
                state(row),
                DeprovisionRow.progress(row),
                DeprovisionRow.timeline(row),
                !isActive(row),
                row.getObject("webhook_synced", Boolean.class));
    }

    private static RecordedState state(ResultSet row) throws SQLException {
        return new RecordedState(
                row.getString("status"),
                row.getString("step"),
                row.getString("outcome"),
                steps(row),
                DeprovisionRow.countBlockers(row),
                problem(row));
    }

    private static List<RecordedStep> steps(ResultSet row) throws SQLException {
        return DeprovisionRow.list(row.getString("steps"), RecordedStep[].class);
    }

    private static @Nullable RecordedProblem problem(ResultSet row) throws SQLException {
        var problem = row.getString("problem");
        return problem == null ? null : DeprovisionRow.JSON.readValue(problem, RecordedProblem.class);
    }

    private static boolean isKnown(RecordedStep step) {
        return isKnown(Step.class, step.name()) && isKnown(Step.State.class, step.state());
    }

    private static boolean hasKnownProblem(ResultSet row) throws SQLException {
        var problem = problem(row);
        return problem == null || isKnown(ProblemType.class, problem.type());
    }

    /** An active run of this version has no blockers: what they stop has ended. */
    private static boolean isActiveWithBlockers(ResultSet row) throws SQLException {
        return isActive(row) && DeprovisionRow.countBlockers(row) > 0;
    }

    private static boolean isActive(ResultSet row) throws SQLException {
        return row.getString("active_group_id") != null || row.getString("awaited_group_id") != null;
    }

    private static boolean isKnownOrNone(Class<? extends Enum<?>> words, @Nullable String word) {
        return word == null || isKnown(words, word);
    }

    private static boolean isKnown(Class<? extends Enum<?>> words, @Nullable String word) {
        return Arrays.stream(words.getEnumConstants())
                .anyMatch(known -> known.name().equals(word));
    }
}
