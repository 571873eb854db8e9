package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Event.Answered;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each living process has read of the absence of one group. A 404 that has not the form of a SCIM error may be a
 * gateway's: it counts if something else could be read after it, and the next read of the group was answered so again.
 */
final class Absence {

    private enum Proof {
        NONE,
        UNPROVEN,
        CONTROLLED,
        PROVEN
    }

    private final Map<String, Proof> proofs = new HashMap<>();

    void read(Answered answered) {
        proofs.compute(answered.request().process(), (process, before) -> after(before, answered.reply()));
    }

    private static Proof after(@Nullable Proof before, Reply reply) {
        if (!reply.delivered() || !reply.isNotFound()) {
            // A read that failed is sent again; one that shows the group takes back what was read before.
            boolean shown = reply.delivered() && reply.content() instanceof Reply.Members;
            return shown || before == null ? Proof.NONE : before;
        }
        return reply.content() instanceof Reply.NoSuchGroup || before == Proof.CONTROLLED || before == Proof.PROVEN
                ? Proof.PROVEN
                : Proof.UNPROVEN;
    }

    /** Something else than the group was read. */
    void controlled(Answered answered) {
        if (answered.reply().delivered() && answered.reply().status() == 200) {
            proofs.computeIfPresent(
                    answered.request().process(),
                    (process, before) -> before == Proof.UNPROVEN ? Proof.CONTROLLED : before);
        }
    }

    void forget(String process) {
        proofs.remove(process);
    }

    boolean isProven() {
        return proofs.containsValue(Proof.PROVEN);
    }
}
