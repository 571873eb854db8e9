package dev.deprovisioner.chaos;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;

import dev.deprovisioner.chaos.Evidence.RateLimit;
import dev.deprovisioner.chaos.Promise.Breach;
import dev.deprovisioner.testbed.Quirk;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Kills the service before and after every commit, and at every request before its effect and before its answer. First a
 * run shows which moments there are; then each moment has a group whose run is held up exactly there. When the runs of
 * several groups stand, one kill ends them all.
 */
final class KillMatrix implements AutoCloseable {

    private static final Duration STANDS = ofSeconds(30);

    /** Of the service, for an answer: the longest that can be set, but for the time that killing takes. */
    private static final Duration PATIENCE = ofSeconds(14);

    /** Then it is time to kill: bringing one more run to stand may take some seconds. */
    private static final Duration LONG = ofSeconds(9);

    private static final Duration OVER = ofSeconds(90);
    private static final RateLimit LIMIT = new RateLimit(6000, Duration.ofMinutes(1), ofMillis(500));

    private static final List<String> LAST =
            List.of("after the commit of delete deprovision_task", "after the commit of delete webhook_task");

    private static final Set<Quirk> QUIRKS = EnumSet.of(
            Quirk.IGNORES_VERSIONS,
            Quirk.ANSWERS_CHANGES_WITH_409,
            Quirk.ANSWERS_CHANGES_WITH_412,
            Quirk.ANSWERS_CHANGES_WITH_500);
    private static final String FIRST_CHANGE = "before the answer to PATCH /api/v2/scim/groups/{id}";

    private final Barrier barrier = new Barrier();
    private final Rig rig;
    private final int kills;
    private final Map<String, String> groupOfCell = new LinkedHashMap<>();
    private final Map<String, Quirk> quirkOfCell = new HashMap<>();
    private final Map<String, String> troubles = new HashMap<>();
    private final Map<String, Duration> resumed = new HashMap<>();
    private final List<Duration> resumedAfterStart = new ArrayList<>();
    private Ending undisturbed = Ending.NONE;

    /** @param kills over which the moments are distributed */
    KillMatrix(Path directory, String database, Map<String, String> settings, int kills) {
        var all = new HashMap<>(settings);
        // Room for every run that stands, and for one that goes.
        all.put("deprovisioner.workers", "40");
        all.put("deprovisioner.upstream.max-concurrency", "40");
        // As long as they may be, for those who have to stand.
        all.put("deprovisioner.upstream.request-timeout", "15s");
        all.put("deprovisioner.webhook.timeout", "15s");
        all.put("spring.datasource.hikari.maximum-pool-size", "70");
        this.rig = new Rig(directory, database, all, barrier);
        this.kills = kills;
    }

    /** How a run ended, as far as it does not depend on when it ran. */
    private record Ending(String run, List<String> audit, long removals, long deletions) {

        static final Ending NONE = new Ending("", List.of(), 0, 0);
    }

    /** @return what is wrong in each cell, which is nothing in a good one */
    Map<String, List<String>> findings() {
        rig.start();
        // The first run of all also records that the provider lists members.
        undisturbed();
        var cells = Stream.concat(undisturbed().stream(), withQuirks().stream()).toList();
        for (var dealt : KillOrder.dealt(cells, kills)) {
            for (var left = dealt; !left.isEmpty(); ) {
                left = kill(left);
            }
        }
        var endings = new HashMap<String, Ending>();
        groupOfCell.forEach((cell, group) -> endings.put(cell, ending(group)));
        rig.requireChain();
        rig.kill();
        var breaches = Promise.breaches(rig.evidence(LIMIT));
        var findings = new LinkedHashMap<String, List<String>>();
        cells.forEach(cell -> findings.put(cell, findings(cell, endings.getOrDefault(cell, Ending.NONE), breaches)));
        return findings;
    }

    private List<String> undisturbed() {
        var group = createGroup();
        barrier.letPass(group);
        rig.post(group);
        await().atMost(OVER)
                .until(() -> rig.isOver(group) && barrier.passed(group).containsAll(LAST));
        undisturbed = ending(group);
        return barrier.passed(group);
    }

    /** One moment with each quirk. */
    private List<String> withQuirks() {
        QUIRKS.forEach(quirk -> quirkOfCell.put(FIRST_CHANGE + " of a provider that " + quirk, quirk));
        return quirkOfCell.keySet().stream().sorted().toList();
    }

    /** @return the cells that are left for another kill, as the first of these had stood for long */
    private List<String> kill(List<String> all) {
        // What is left of the runs before could be taken for the work of the next.
        await().atMost(OVER).until(rig::isIdle);
        var answers = new LinkedHashMap<String, CompletableFuture<Boolean>>();
        for (var cell : all) {
            if (requests(answers.keySet()).anyMatch(request -> hasStood(request, LONG))) {
                break;
            }
            answers.put(cell, begun(cell));
        }
        var killedAt = rig.kill();
        var cells = answers.keySet();
        requireShortStand(cells);
        barrier.release();
        rig.settle(killedAt, rig.replicas().getFirst());
        rig.letLeasesEnd();
        rig.start();
        var readyAt = rig.chronicle().now();
        // Who got no answer asks again.
        answers.forEach((cell, answered) ->
                answered.thenAccept(was -> postUnless(was, cell)).join());
        cells.forEach(cell ->
                trying(cell, "is not over", () -> await().atMost(OVER).until(() -> rig.isOver(group(cell)))));
        cells.stream().filter(KillOrder::hasRun).forEach(cell -> measure(cell, killedAt, readyAt));
        return all.subList(cells.size(), all.size());
    }

    /** @return whether its caller was answered, once that is known */
    private CompletableFuture<Boolean> begun(String cell) {
        var group = createGroup();
        var quirk = quirkOfCell.get(cell);
        if (quirk != null) {
            rig.upstream().setQuirks(group, Set.of(quirk));
        }
        groupOfCell.put(cell, group);
        barrier.holdUp(group, quirk == null ? cell : FIRST_CHANGE);
        var answered = CompletableFuture.supplyAsync(() -> rig.post(group), Thread::startVirtualThread);
        trying(
                cell,
                "was never reached",
                () -> await().atMost(STANDS).pollInterval(ofMillis(10)).until(() -> barrier.holds(group)));
        return answered;
    }

    private void postUnless(boolean answered, String cell) {
        if (!answered) {
            rig.post(group(cell));
        }
    }

    private void requireShortStand(Set<String> cells) {
        requests(cells)
                .filter(cell -> hasStood(cell, PATIENCE))
                .forEach(cell -> troubles.put(cell, "stood longer than the service waits for an answer"));
    }

    private static Stream<String> requests(Set<String> cells) {
        return cells.stream().filter(KillOrder::mustNotStandLong);
    }

    private boolean hasStood(String cell, Duration time) {
        return barrier.standing(group(cell)).compareTo(time) > 0;
    }

    private void measure(String cell, Instant killedAt, Instant readyAt) {
        rig.chronicle().firstAfter(killedAt, group(cell)).ifPresent(at -> {
            resumed.put(cell, Duration.between(killedAt, at));
            resumedAfterStart.add(Duration.between(readyAt, at));
        });
    }

    private String group(String cell) {
        return groupOfCell.getOrDefault(cell, "");
    }

    private void trying(String cell, String trouble, Runnable what) {
        try {
            what.run();
        } catch (ConditionTimeoutException e) {
            troubles.put(cell, trouble);
        }
    }

    private String createGroup() {
        return rig.createGroup("Support Tier 1", List.of("ann-" + UUID.randomUUID(), "bob-" + UUID.randomUUID()));
    }

    private Ending ending(String group) {
        var run = rig.portal().latest(group);
        var words = Stream.of("status", "outcome", "step", "membersTotal", "membersRemoved", "webhookSynced")
                .map(name -> run.path(name).asString("-"))
                .toList();
        return new Ending(
                String.join(" ", words),
                rig.portal().auditActions(group),
                effective(group, "PATCH"),
                effective(group, "DELETE"));
    }

    private long effective(String group, String method) {
        return rig.upstream().journal().stream()
                .filter(exchange ->
                        exchange.method().equals(method) && exchange.path().contains(group))
                .filter(exchange -> exchange.status() < 300)
                .count();
    }

    private List<String> findings(String cell, Ending ending, List<Breach> breaches) {
        var group = group(cell);
        var findings = new ArrayList<String>();
        if (troubles.containsKey(cell)) {
            findings.add("It " + troubles.get(cell));
        }
        // With a quirk, other answers count as effective, and there may be an audit entry more.
        boolean same =
                quirkOfCell.containsKey(cell) ? ending.run().equals(undisturbed.run()) : ending.equals(undisturbed);
        if (!same) {
            findings.add("It ended as " + ending + " instead of " + undisturbed);
        }
        breaches.stream()
                .filter(breach -> breach.group().equals(group) || breach.group().isEmpty())
                .forEach(breach -> findings.add(breach.toString()));
        return findings;
    }

    /** From each kill to the first sign of the run in the next process; nothing for those that had nothing left to do. */
    List<Map.Entry<String, Duration>> resumed() {
        return resumed.entrySet().stream().sorted(Map.Entry.comparingByValue()).toList();
    }

    /** The same from when the next process was ready; negative where it was faster. */
    List<Duration> resumedAfterStart() {
        return List.copyOf(resumedAfterStart);
    }

    @Override
    public void close() {
        rig.close();
    }
}
