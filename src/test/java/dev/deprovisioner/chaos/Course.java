package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Event.Audited;
import dev.deprovisioner.chaos.Event.Commit;
import dev.deprovisioner.chaos.Event.State;
import dev.deprovisioner.chaos.Event.StepState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The states of one run as they are committed, and the audit entries that have to come with each. */
final class Course {

    private static final String CHANGED = "CHANGED";
    private static final Map<String, String> ACTIONS =
            Map.of("VALIDATE", "VALIDATE", "REMOVE_MEMBERS", "REMOVE_MEMBERS", "DELETE_GROUP", "DELETE");
    private static final Set<String> CHANGING = Set.of("REMOVE_MEMBERS", "DELETE_GROUP");

    /** The states that may be the last one: when a process is killed, it is not known whether it had committed. */
    private List<State> last = List.of(new State("", "", null, Map.of()));
    /** Whether a request has had an effect since the last entry. */
    private boolean hadEffect;

    void hadEffect() {
        hadEffect = true;
    }

    /** @return what is wrong with the entries of this transaction, empty if nothing is */
    Optional<String> committing(Commit commit) {
        var written = names(commit.audited().stream().filter(entry -> !isChanged(entry)));
        var changed = names(commit.audited().stream().filter(Course::isChanged));
        var expected = last.stream().map(before -> expected(commit, before)).toList();
        boolean fits = last.stream()
                .anyMatch(before -> written.equals(expected(commit, before)) && fits(changed, commit, before));
        if (commit.state() != null) {
            var possible = new ArrayList<>(last);
            possible.add(commit.state());
            last = List.copyOf(possible);
        }
        return fits ? Optional.empty() : Optional.of(objection(written, expected.getLast(), changed));
    }

    private static String objection(List<String> written, List<String> expected, List<String> changed) {
        return written.equals(expected)
                ? "A run goes on with the audit entries " + changed + " of a change"
                : "A transaction has the audit entries " + written + " instead of " + expected;
    }

    void committed(Commit commit) {
        var state = commit.state();
        int at = state == null ? -1 : last.indexOf(state);
        if (at >= 0) {
            // Those after it were announced, in the meantime, by another thread.
            last = List.copyOf(last.subList(at, last.size()));
        }
        if (!commit.audited().isEmpty()) {
            hadEffect = false;
        }
    }

    private static boolean isChanged(Audited entry) {
        return entry.status().equals(CHANGED);
    }

    private static List<String> names(Stream<Audited> entries) {
        return entries.map(Audited::action).sorted().toList();
    }

    private static List<String> expected(Commit commit, State before) {
        var expected = new ArrayList<String>();
        if (commit.created()) {
            expected.add("REQUEST");
        }
        if (commit.deliveryEnded()) {
            expected.add("WEBHOOK");
        }
        var state = commit.state();
        if (state != null) {
            ended(state)
                    .filter(step -> !hasEnded(before, step))
                    .map(Course::action)
                    .forEach(expected::add);
            if (state.status().equals("CANCELLED")) {
                expected.add("CANCEL");
            }
        }
        Collections.sort(expected);
        return expected;
    }

    /** One where a run goes back after a request had an effect; where it had none, there may be one. */
    private boolean fits(List<String> changed, Commit commit, State before) {
        boolean back = commit.state() != null
                && !commit.state().isTerminal()
                && commit.state().step().equals("VALIDATE")
                && CHANGING.contains(before.step());
        return changed.isEmpty() ? !back || !hadEffect : back && changed.equals(List.of(action(before.step())));
    }

    /** The actions that a run must have entries of. */
    static Stream<String> actions(State state) {
        return Stream.concat(Stream.of("REQUEST"), ended(state).map(Course::action));
    }

    private static Stream<String> ended(State state) {
        return ACTIONS.keySet().stream().filter(step -> hasEnded(state, step));
    }

    private static boolean hasEnded(State state, String step) {
        return state.steps().getOrDefault(step, new StepState(false, false)).ended();
    }

    private static String action(String step) {
        return ACTIONS.getOrDefault(step, "");
    }
}
