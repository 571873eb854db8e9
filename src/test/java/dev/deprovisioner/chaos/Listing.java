package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Event.Answered;
import dev.deprovisioner.chaos.Event.Arrived;
import dev.deprovisioner.chaos.Promise.Finding;
import java.util.ArrayList;
import java.util.stream.Stream;

/** Before the provider has listed a member of any group, an empty list is no reason to change one. */
final class Listing {

    private Listing() {}

    static Stream<Finding> findings(Evidence evidence) {
        var findings = new ArrayList<Finding>();
        boolean listed = evidence.unlistedAllowed();
        for (var event : evidence.events()) {
            if (event instanceof Answered answered) {
                listed |= !answered.reply().shown().isEmpty();
            } else if (!listed
                    && event instanceof Arrived arrived
                    && arrived.request().kind().isDestructive()) {
                findings.add(new Finding(
                        arrived.request().group(),
                        "A " + arrived.request().kind() + " was sent to a provider that had never listed a member"));
            }
        }
        return findings.stream();
    }
}
