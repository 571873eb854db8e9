package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Evidence.RateLimit;
import dev.deprovisioner.chaos.Promise.Breach;
import dev.deprovisioner.schedule.LeaseTiming;
import dev.deprovisioner.testbed.Quirk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes many groups while requests fail and the service is killed, at random from a seed. */
final class RandomRun implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RandomRun.class);
    private static final RateLimit LIMIT = new RateLimit(600, Duration.ofSeconds(10), Duration.ofSeconds(1));
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration FROZEN = LeaseTiming.PRODUCTION.lease().plusSeconds(5);
    private static final int MOST_ACTIVE = 24;
    private static final int MOMENTS_OF_A_RUN = 40;

    /** Longer than any pause between two tries, and than it takes until the work of a killed process is taken up. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(90);

    /** Longer than a deletion takes that is accepted without effect as often as anything goes wrong with one group. */
    private static final Duration LONGEST_STEP = Duration.ofMinutes(6);

    private static final Map<String, String> SETTINGS = Map.of(
            "deprovisioner.upstream.request-timeout",
            Fault.SERVICE_WAITS.toSeconds() + "s",
            "deprovisioner.upstream.retry.base-delay",
            "100ms",
            "deprovisioner.upstream.rate-limit.requests",
            String.valueOf(LIMIT.requests()),
            "deprovisioner.upstream.rate-limit.period",
            LIMIT.period().toSeconds() + "s",
            "deprovisioner.webhook.timeout",
            "15s");

    private final FaultInjector misfortune = new FaultInjector();
    private final Rig rig;
    private final Random random;
    private final Queue<String> wanted = new ConcurrentLinkedQueue<>();
    private final Set<String> active = ConcurrentHashMap.newKeySet();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final Set<String> askedAgain = ConcurrentHashMap.newKeySet();
    private final Set<String> cancelled = ConcurrentHashMap.newKeySet();
    private final Queue<Integer> kills = new PriorityQueue<>();
    private final Standstill standstill;
    private int looked;

    RandomRun(
            Path directory,
            String database,
            Map<String, String> settings,
            int replicas,
            long seed,
            int runs,
            int kills) {
        var all = new HashMap<>(SETTINGS);
        all.putAll(settings);
        this.random = new Random(seed);
        this.rig = new Rig(directory, database, all, misfortune, replicas);
        this.standstill =
                new Standstill(LONGEST_SILENCE, LONGEST_STEP, rig.chronicle().now());
        misfortune.onJoining(rig.upstream()::addMember);
        IntStream.range(0, runs).forEach(this::createGroup);
        IntStream.range(0, kills).forEach(i -> this.kills.add(random.nextInt(runs * MOMENTS_OF_A_RUN)));
    }

    private void createGroup(int number) {
        var members = IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(i -> "member-" + number + "-" + i)
                .toList();
        var group = rig.createGroup("Group " + number, members);
        misfortune.draws(group, random.nextLong());
        if (random.nextInt(3) == 0) {
            rig.upstream().setQuirks(group, Set.of(Quirk.IGNORES_VERSIONS));
        }
        wanted.add(group);
        if (random.nextInt(20) == 0) {
            cancelled.add(group);
        }
    }

    /** To be called before the runs: what the provider does otherwise with every group. */
    void setQuirks(Set<Quirk> quirks) {
        wanted.forEach(group -> rig.upstream().setQuirks(group, quirks));
    }

    /** @return the promises that were broken */
    List<Breach> breaches() {
        rig.replicas().forEach(Replica::start);
        standstill.restarted(rig.chronicle().now());
        while (!wanted.isEmpty() || !asked.isEmpty() || !active.isEmpty()) {
            if (!kills.isEmpty() && misfortune.moments() >= kills.peek()) {
                kills.remove();
                disturb();
            }
            order();
            look();
            requireProgress();
            LockSupport.parkNanos(TICK.toNanos());
        }
        rig.requireChain();
        rig.replicas().forEach(rig::kill);
        var evidence = rig.evidence(LIMIT);
        log.info("Runs: {}; requests: {}", rig.stored().endings(), misfortune.faults());
        return Promise.breaches(evidence);
    }

    /** One of several may also be stopped, or frozen for longer than its lease. */
    private void disturb() {
        var replica = any(random.nextInt());
        int what = rig.replicas().size() == 1 ? 0 : random.nextInt(3);
        if (what == 0) {
            var killedAt = rig.kill(replica);
            rig.settle(killedAt, replica);
            replica.start();
        } else if (what == 1) {
            replica.service().terminate();
            replica.service().awaitExit();
            replica.start();
        } else {
            replica.service().freeze();
            LockSupport.parkNanos(FROZEN.toNanos());
            replica.service().goOn();
        }
        standstill.restarted(rig.chronicle().now());
    }

    private Replica any(int number) {
        return rig.replicas().get(Math.floorMod(number, rig.replicas().size()));
    }

    private void order() {
        while (active.size() + asked.size() < MOST_ACTIVE && !wanted.isEmpty()) {
            var group = wanted.remove();
            asked.add(group);
            Thread.startVirtualThread(() -> ask(group));
        }
    }

    private void ask(String group) {
        boolean accepted = rig.post(any(group.hashCode()), group);
        if (accepted && cancelled.remove(group)) {
            rig.cancel(group);
        }
        (accepted ? active : wanted).add(group);
        asked.remove(group);
    }

    /** Some callers ask again while a run is active, which wakes it, and some when it is over. */
    private void look() {
        for (var group : List.copyOf(active)) {
            if (rig.isOver(group)) {
                if (askedAgain.add(group) && random.nextInt(4) == 0) {
                    wanted.add(group);
                }
                active.remove(group);
            } else if (random.nextInt(50) == 0) {
                Thread.startVirtualThread(() -> rig.post(group));
            }
        }
    }

    private void requireProgress() {
        var events = rig.chronicle().eventsAfter(looked);
        looked += events.size();
        standstill.happened(events);
        standstill.found(active, rig.chronicle().now()).ifPresent(what -> {
            var runs = active.stream().map(rig.portal()::latest).toList();
            throw new AssertionError("No progress: " + what + ", with " + runs);
        });
    }

    @Override
    public void close() {
        rig.close();
    }
}
