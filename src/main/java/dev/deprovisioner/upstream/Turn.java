package dev.deprovisioner.upstream;

import dev.deprovisioner.identifier.ServedCaller;
import java.util.List;

/**
 * Where a request stands among those that wait for the same.
 *
 * @param path the lines to stand in, from the outermost to the innermost
 */
record Turn(List<Object> path) {

    /**
     * That of the current thread's caller, before all its questions: a change must not wait behind hundreds of these
     * while what it was decided on grows old.
     */
    static Turn ofDecision() {
        return new Turn(List.of(ServedCaller.current()));
    }

    static Turn ofQuestion(Survey survey) {
        return new Turn(List.of(survey.caller(), survey));
    }

    Object caller() {
        return path.getFirst();
    }
}
