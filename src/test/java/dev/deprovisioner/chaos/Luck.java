package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Event.Kind;
import java.util.Arrays;
import java.util.Random;

/** What goes wrong with the requests about one group, as a seed has it. */
final class Luck {

    private static final double CHANCE = 0.1;
    private static final double CHANCE_OF_A_CHANGE = 0.3;
    private static final int MOST = 4;
    private static final int MOST_ANSWERS_WITHOUT_ROUTE = 3;

    private final Random random;
    private int left = MOST;
    /** Once a group: else the service could take two losses, with a control read between them, for the group's end. */
    private boolean hasLostRoute;

    private Fault lostRoute = Fault.NONE;
    private int answersWithoutRoute;

    Luck(long seed) {
        this.random = new Random(seed);
    }

    synchronized Fault next(Kind request) {
        var fault = isRouteLost() ? lostRoute : drawn(request);
        if (request == Kind.READ && isRouteLost()) {
            answersWithoutRoute--;
        }
        return fault;
    }

    private Fault drawn(Kind request) {
        boolean hit = random.nextDouble() < (request.isDestructive() ? CHANCE_OF_A_CHANGE : CHANCE);
        var faults = Arrays.stream(Fault.values())
                .filter(fault -> fault.canMeet(request))
                .toList();
        var drawn = faults.get(random.nextInt(faults.size()));
        if (!hit || left == 0 || (drawn.isRouteLost() && hasLostRoute)) {
            return Fault.NONE;
        }
        left--;
        if (drawn.isRouteLost()) {
            hasLostRoute = true;
            lostRoute = drawn;
            answersWithoutRoute = 1 + random.nextInt(MOST_ANSWERS_WITHOUT_ROUTE);
        }
        return drawn;
    }

    private boolean isRouteLost() {
        return answersWithoutRoute > 0;
    }

    /** The fault that everything beside the group meets, too: a gateway loses more than one path. */
    synchronized Fault ofEverything() {
        return isRouteLost() ? lostRoute : Fault.NONE;
    }

    synchronized boolean losesConfirmation() {
        return random.nextDouble() < CHANCE;
    }
}
