package dev.deprovisioner.chaos;

import dev.deprovisioner.testbed.Answer;
import dev.deprovisioner.testbed.ScimServer.Arrival;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** Lets some requests of each group go wrong: which ones and how is drawn for each group by itself. */
final class Misfortune implements Director {

    private static final double CHANCE = 0.1;
    private static final double CHANCE_OF_A_CHANGE = 0.3;
    private static final int MOST = 4;
    private static final List<Fault> FAULTS =
            Arrays.stream(Fault.values()).filter(fault -> fault != Fault.NONE).toList();
    private static final List<Fault> FAULTS_OF_READS =
            FAULTS.stream().filter(fault -> !fault.isAboutChanges()).toList();

    private final Map<String, Draw> draws = new ConcurrentHashMap<>();
    private final Map<String, Boolean> told = new ConcurrentHashMap<>();
    private final Map<Fault, Integer> faults = new ConcurrentHashMap<>();
    private final AtomicInteger moments = new AtomicInteger();
    private final ThreadLocal<Fault> fault = ThreadLocal.withInitial(() -> Fault.NONE);

    /** Lets a user join a group. */
    private volatile BiConsumer<String, String> join = (group, member) -> {};

    private static final class Draw {

        private final Random random;
        private int left = MOST;

        Draw(long seed) {
            this.random = new Random(seed);
        }

        synchronized Fault next(String method) {
            boolean reads = method.equals("GET");
            boolean hit = random.nextDouble() < (reads ? CHANCE : CHANCE_OF_A_CHANGE);
            var faults = reads ? FAULTS_OF_READS : FAULTS;
            var drawn = faults.get(random.nextInt(faults.size()));
            if (!hit || left == 0) {
                return Fault.NONE;
            }
            left--;
            return drawn;
        }

        synchronized boolean losesConfirmation() {
            return random.nextDouble() < CHANCE;
        }
    }

    void draws(String group, long seed) {
        draws.put(group, new Draw(seed));
    }

    void onJoining(BiConsumer<String, String> action) {
        join = action;
    }

    /** How often what has gone wrong. */
    Map<Fault, Integer> faults() {
        return new TreeMap<>(faults);
    }

    /** How many moments have been reached so far. */
    int moments() {
        return moments.get();
    }

    @Override
    public void reached(String group, Moment moment) {
        moments.incrementAndGet();
        switch (moment.kind()) {
            case EXCHANGE -> {
                var now = fault.get();
                fault.remove();
                now.after();
            }
            case DELIVERY -> confirm(group);
            case BEFORE_COMMIT, AFTER_COMMIT, ARRIVAL -> {}
        }
    }

    /** Only the first confirmation is ever lost: the pause after the second is 5 minutes. */
    private void confirm(String group) {
        var draw = draws.get(group);
        if (draw != null && told.putIfAbsent(group, true) == null && draw.losesConfirmation()) {
            throw new IllegalStateException("The confirmation is lost");
        }
    }

    @Override
    public Optional<Answer> answer(String group, Arrival arrival) {
        var draw = draws.get(group);
        var next = draw == null ? Fault.NONE : draw.next(arrival.method());
        fault.set(next);
        faults.merge(next, 1, Integer::sum);
        if (next == Fault.JOINED) {
            join.accept(group, "joined-" + group);
        }
        return next.before();
    }
}
