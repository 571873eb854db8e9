package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Event.Request;
import dev.deprovisioner.testbed.Answer;
import dev.deprovisioner.testbed.ScimServer.Arrival;
import java.util.Optional;

/** Decides how things go on, at each moment at which they could end. It is asked in the thread that then goes on. */
interface Director {

    /**
     * Returns when things may go on. If it throws, the request or the answer is lost on its way.
     *
     * @param group which one it is about; empty if that is not known
     */
    default void reached(String group, Moment moment) {}

    /** What is answered without any effect; empty to let the request have its effect. */
    default Optional<Answer> answer(Request request, Arrival arrival) {
        return Optional.empty();
    }

    /** What is answered in the end to a request that had its effect. */
    default Answer answered(Arrival arrival, Answer answer) {
        return answer;
    }

    /** @param what of several moments of this kind */
    record Moment(Kind kind, String what) {

        enum Kind {
            BEFORE_COMMIT("before the commit of "),
            AFTER_COMMIT("after the commit of "),
            ARRIVAL("before the effect of "),
            EXCHANGE("before the answer to "),
            DELIVERY("before the confirmation of ");

            private final String text;

            Kind(String text) {
                this.text = text;
            }
        }

        @Override
        public String toString() {
            return kind.text + what;
        }
    }
}
