package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Mishaps.Mishap;
import java.time.Duration;
import java.util.List;

/** Two processes of which the second ends again and again. The first is killed once, early, and then lives on. */
final class FailingReplicas {

    /** Longer than a lease. */
    private static final Duration FROZEN = Duration.ofSeconds(25);

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
            replica.start();
        });
    }

    private void restart() {
        second.service().terminate();
        second.service().awaitExit();
        second.start();
    }
}
