package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Mishaps.Mishap;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.TerminalFailureException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two processes of which the second ends again and again. The first is killed once, early, and then lives on. */
final class FailingReplicas {

    /** Longer than a lease. */
    private static final Duration FROZEN = Duration.ofSeconds(25);

    private static final Logger log = LoggerFactory.getLogger(FailingReplicas.class);

    private final Rig rig;
    private final Replica first;
    private final Replica second;

    FailingReplicas(Rig rig) {
        this.rig = rig;
        this.first = rig.replicas().getFirst();
        this.second = rig.replicas().getLast();
    }

    List<Mishap> once() {
        return List.of(killed(first));
    }

    List<Mishap> mishaps() {
        return List.of(
                killed(second),
                Mishap.of(second.name() + " stopped and restarted", this::restart),
                killed(second),
                new Mishap(
                        second.name() + " frozen",
                        () -> second.service().freeze(),
                        FROZEN,
                        () -> second.service().goOn()));
    }

    private Mishap killed(Replica replica) {
        return Mishap.of(replica.name() + " killed and restarted", () -> {
            var killedAt = rig.kill(replica);
            rig.settle(killedAt, replica);
            startAgain(replica);
        });
    }

    private void restart() {
        second.service().terminate();
        second.service().awaitExit();
        startAgain(second);
    }

    /** A start may fail where the database goes away meanwhile. Then an orchestrator starts the process again. */
    private static void startAgain(Replica replica) {
        try {
            replica.start();
        } catch (TerminalFailureException e) {
            log.info("{} has ended while it started", replica.name());
            startAgain(replica);
        }
    }
}
