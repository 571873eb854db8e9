package dev.deprovisioner.chaos;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deprovisioner.Portal;
import dev.deprovisioner.chaos.Director.Moment.Kind;
import dev.deprovisioner.chaos.Evidence.RateLimit;
import dev.deprovisioner.chaos.witness.ShortLease;
import dev.deprovisioner.schedule.LeaseTiming;
import dev.deprovisioner.testbed.ScimServer.Exchange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several processes share one PostgreSQL. If one of them fails, the others go on, and each promise is kept. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class Replicas {

    private static final Logger log = LoggerFactory.getLogger(Replicas.class);
    private static final RateLimit NO_MATTER = new RateLimit(100_000, Duration.ofMinutes(1), Duration.ZERO);
    /** For the other processes to notice, and to ask the provider, on a machine with other work. */
    private static final Duration NOTICED = ofSeconds(20);

    private static final String PATCH = "PATCH /api/v2/scim/groups/{id}";
    private static final String INTENT = "update deprovision (REMOVE_MEMBERS RUNNING)";

    private final HoldPoints stand = new HoldPoints();
    private final List<String> groups = new ArrayList<>();
    private final Server postgres;
    private final Rig rig;
    private final Duration longestTakeover;

    /** @param timing of every process; a request has to end within a lease */
    Replicas(Path directory, LeaseTiming timing, Duration requestTimeout) {
        this.longestTakeover = timing.lease().plus(NOTICED);
        this.postgres = Server.start(directory.resolve("postgres"));
        var settings = Map.of(
                ShortLease.HEARTBEAT,
                timing.heartbeat().toSeconds() + "s",
                "deprovisioner.upstream.request-timeout",
                requestTimeout.toSeconds() + "s",
                "deprovisioner.upstream.rate-limit.requests",
                "0",
                "spring.datasource.hikari.maximum-pool-size",
                "25");
        this.rig = new Rig(directory, postgres.url(), settings, stand, 3);
    }

    @AfterAll
    void close() {
        stand.release();
        rig.close();
        postgres.close();
    }

    private Replica replica(int number) {
        return rig.replicas().get(number);
    }

    private void startAll() {
        var missing =
                rig.replicas().stream().filter(replica -> !replica.isAlive()).toList();
        missing.forEach(Replica::begin);
        missing.forEach(replica -> replica.service().awaitReady());
    }

    private String group() {
        var group = rig.createGroup("Group " + groups.size(), List.of("ann-" + groups.size(), "bob-" + groups.size()));
        groups.add(group);
        return group;
    }

    /**
     * Their runs stand at the removal of the members when this returns. They are begun together, as none stands for
     * longer than its request may take.
     */
    private List<String> standing(int number) {
        var runs = IntStream.range(0, number).mapToObj(i -> group()).toList();
        for (var group : runs) {
            stand.holdUp(group, Kind.ARRIVAL, PATCH);
            assertThat(rig.post(replica(groups.indexOf(group) % rig.replicas().size()), group))
                    .isTrue();
        }
        await().atMost(ofSeconds(20)).until(() -> runs.stream().allMatch(stand::holds));
        return runs;
    }

    private void awaitAllOver(Duration time) {
        await().atMost(time)
                .pollInterval(ofMillis(100))
                .until(() -> !rig.stored().hasTasks());
    }

    private void assertKeepsItsPromises() {
        awaitAllOver(ofSeconds(60));
        assertThat(Promise.breaches(rig.evidence(NO_MATTER))).isEmpty();
        assertThat(rig.stored().endings()).containsOnlyKeys("SUCCEEDED");
    }

    private List<Exchange> changesBy(Replica replica) {
        return rig.upstream().journal().stream()
                .filter(request -> request.userAgent().equals(replica.userAgent()))
                .filter(request -> !request.method().equals("GET"))
                .toList();
    }

    @Execution(ExecutionMode.SAME_THREAD)
    @Test
    @Order(1)
    void oneThatIsFrozenPastItsLeaseSendsNothingMoreUnderIt() {
        var first = replica(0);
        first.start();
        heldByTheFirst(Kind.BEFORE_COMMIT, INTENT);
        heldByTheFirst(Kind.AFTER_COMMIT, INTENT);
        heldByTheFirst(Kind.ARRIVAL, "GET /api/v2/scim/groups/{id}");
        first.service().freeze();
        startAll();

        awaitAllOver(ofSeconds(60));
        first.service().goOn();
        stand.release();

        await().atMost(ofSeconds(20))
                .until(() -> first.portal().latest(groups.getFirst()).has("status"));
        var later = group();
        assertThat(rig.post(first, later)).isTrue();
        assertKeepsItsPromises();
        assertThat(changesBy(first)).allMatch(request -> request.path().contains(later));
        assertThat(first.service().isAlive()).isTrue();
    }

    private void heldByTheFirst(Kind kind, String what) {
        var group = group();
        stand.holdUp(group, kind, what);
        assertThat(rig.post(replica(0), group)).isTrue();
        await().atMost(ofSeconds(20)).until(() -> stand.holds(group));
    }

    @Execution(ExecutionMode.SAME_THREAD)
    @Test
    @Order(2)
    void theRunsOfAKilledProcessGoOnAfterItsLease() {
        startAll();
        var held = standing(6);
        var killed = rig.replicas().stream()
                .filter(replica -> stand.processOf(held.getLast()).equals(replica.userAgent()))
                .findFirst()
                .orElseThrow();
        var ofKilled = held.stream()
                .filter(group -> stand.processOf(group).equals(killed.userAgent()))
                .toList();

        var killedAt = rig.kill(killed);
        stand.lose();
        rig.settle(killedAt, killed);

        assertKeepsItsPromises();
        // On a slow machine the requests of some were over before the kill, and another process has ended their runs.
        var takenOver = ofKilled.stream()
                .flatMap(group -> rig.chronicle().firstAfter(killedAt, group).stream())
                .map(resumed -> Duration.between(killedAt, resumed))
                .toList();
        log.info("Taken over after the kill: {}", takenOver);
        assertThat(takenOver).isNotEmpty().allMatch(time -> time.compareTo(longestTakeover) < 0);
    }

    @Execution(ExecutionMode.SAME_THREAD)
    @Test
    @Order(3)
    void callersOfAllOfThemGetOneRunAndItsEndWhereverItIsWorkedOn() throws Exception {
        startAll();
        var group = group();
        stand.holdUp(group, Kind.ARRIVAL, PATCH);

        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, 30)
                    .mapToObj(i -> callers.submit(() ->
                            Portal.untilAccepted(() -> replica(i % 3).portal().postAndWait(group, null))))
                    .toList();
            await().atMost(ofSeconds(20)).until(() -> stand.holds(group));
            stand.release();

            var runs = new ArrayList<String>();
            for (var call : calls) {
                var run = Portal.json(call.get());
                assertThat(run.get("status").asString()).isEqualTo("SUCCEEDED");
                runs.add(run.get("id").asString());
            }
            assertThat(runs.stream().distinct()).hasSize(1);
        }
        assertKeepsItsPromises();
        assertThat(rig.stored().runs())
                .filteredOn(run -> run.group().equals(group))
                .hasSize(1);
    }

    @Tag("chaos")
    @Execution(ExecutionMode.SAME_THREAD)
    @Test
    @Order(5)
    void aRollingRestartUnderLoadLosesNothingAndLeavesNothingToALease() {
        startAll();
        var load = new Load(rig, this::group);
        load.start();
        for (var replica : rig.replicas()) {
            long pid = replica.service().pid();
            replica.service().terminate();
            assertThat(replica.service().awaitExit()).isEqualTo(143);
            assertThat(rig.stored().claimsOf(pid)).isZero();
            replica.start();
        }
        load.stop();

        assertKeepsItsPromises();
        assertThat(rig.stored().runs()).hasSameSizeAs(groups);
        log.info("{} runs during the restarts", groups.size());
    }

    @Execution(ExecutionMode.SAME_THREAD)
    @Test
    @Order(4)
    void theyGoOnWhenTheDatabaseWasAway() {
        startAll();
        var held = standing(3);

        postgres.stop();
        stand.release();
        assertThat(rig.post(replica(0), held.getFirst())).isFalse();
        postgres.start();

        awaitAllOver(ofSeconds(90));
        assertKeepsItsPromises();
        assertThat(rig.replicas()).allMatch(replica -> replica.service().isAlive());
    }
}
