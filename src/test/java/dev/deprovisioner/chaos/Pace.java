package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Event.Arrived;
import dev.deprovisioner.chaos.Promise.Finding;
import java.util.stream.Stream;

/** No window of one period has more requests than a tenth over the limit. */
final class Pace {

    private Pace() {}

    static Stream<Finding> findings(Evidence evidence) {
        var limit = evidence.limit();
        int allowed = limit.requests() + Math.ceilDiv(limit.requests(), 10);
        var window = limit.period().minus(limit.jitter());
        var arrivals = evidence.events(Arrived.class);
        for (int first = 0, next = 0; first < arrivals.size(); first++) {
            var end = arrivals.get(first).at().plus(window);
            while (next < arrivals.size() && arrivals.get(next).at().isBefore(end)) {
                next++;
            }
            if (next - first > allowed) {
                return Stream.of(new Finding(
                        "",
                        (next - first) + " requests came within " + window + ", from "
                                + arrivals.get(first).at()));
            }
        }
        return Stream.empty();
    }
}
