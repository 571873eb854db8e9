package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Event.Kind;
import dev.deprovisioner.chaos.Event.Request;
import dev.deprovisioner.testbed.Answer;
import dev.deprovisioner.testbed.ScimServer.Arrival;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** Lets some requests of each group go wrong: which ones and how is drawn for each group by itself. */
final class FaultInjector implements Director {

    private final Map<String, Luck> groups = new ConcurrentHashMap<>();
    private final Map<String, Boolean> confirmed = new ConcurrentHashMap<>();
    private final Map<Fault, Integer> faults = new ConcurrentHashMap<>();
    private final AtomicInteger moments = new AtomicInteger();
    private final ThreadLocal<Fault> fault = ThreadLocal.withInitial(() -> Fault.NONE);
    /** Lets a user join a group. */
    private volatile BiConsumer<String, String> join = (group, member) -> {};

    void draws(String group, long seed) {
        groups.put(group, new Luck(seed));
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
        var luck = groups.get(group);
        if (luck != null && confirmed.putIfAbsent(group, true) == null && luck.losesConfirmation()) {
            throw new IllegalStateException("The confirmation is lost");
        }
    }

    @Override
    public Optional<Answer> answer(Request request, Arrival arrival) {
        var next = request.kind() == Kind.CONTROL ? ofEverything() : next(request);
        fault.set(next);
        faults.merge(next, 1, Integer::sum);
        if (next == Fault.JOINED) {
            join.accept(request.group(), "joined-" + request.group());
        }
        return next.before();
    }

    @Override
    public Answer answered(Arrival arrival, Answer answer) {
        return fault.get().answered(arrival.method(), answer);
    }

    private Fault next(Request request) {
        var luck = groups.get(request.group());
        return luck == null ? Fault.NONE : luck.next(request.kind());
    }

    private Fault ofEverything() {
        return groups.values().stream()
                .map(Luck::ofEverything)
                .filter(Fault::isRouteLost)
                .findFirst()
                .orElse(Fault.NONE);
    }
}
