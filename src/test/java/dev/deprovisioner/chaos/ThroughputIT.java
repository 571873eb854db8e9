package dev.deprovisioner.chaos;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says how long one, two and three replicas take for the same number of runs. Nothing is asserted of the time. */
@Tag("chaos")
@Isolated("Measures times")
class ThroughputIT {

    private static final Logger log = LoggerFactory.getLogger(ThroughputIT.class);
    private static final int RUNS = Integer.getInteger("throughput.runs", 200);
    private static final int WARM_UP = 50;
    private static final int CALLERS = 8;

    @TempDir
    private Path directory = Path.of("");

    /**
     * @param latency of the provider, in milliseconds
     * @param limit requests a minute to the provider, or 0 for no limit
     */
    @ParameterizedTest
    @CsvSource({"0, 0", "250, 0", "250, 1200"})
    void ofOneTwoAndThreeReplicas(int latency, int limit) throws Exception {
        var settings = Map.of(
                "spring.datasource.driver-class-name", "org.postgresql.Driver",
                "spring.datasource.hikari.maximum-pool-size", "25",
                "deprovisioner.upstream.rate-limit.requests", String.valueOf(limit));
        try (var postgres = Server.start(directory.resolve("postgres"));
                var rig = new Rig(directory, postgres.url(), settings, new Director() {}, 3)) {
            rig.upstream().latency(ofMillis(latency));
            for (int replicas = 1; replicas <= 3; replicas++) {
                rig.replicas().get(replicas - 1).start();
                // The first runs of a process are slow.
                workOff(rig, replicas, WARM_UP);
                log.info("{} ms latency, at most {} requests/min:", latency, limit);
                measure(rig, replicas);
            }
        }
    }

    private static List<String> workOff(Rig rig, int replicas, int runs) throws Exception {
        var groups = new ArrayList<String>();
        for (int i = 0; i < runs; i++) {
            groups.add(rig.createGroup("Group " + i, List.of("ann-" + UUID.randomUUID())));
        }
        postAll(rig, groups, replicas);
        await().atMost(ofMinutes(10))
                .pollInterval(ofMillis(100))
                .until(() -> !rig.stored().hasTasks());
        return groups;
    }

    private static void measure(Rig rig, int replicas) throws Exception {
        int before = rig.upstream().journal().size();
        var groups = workOff(rig, replicas, RUNS);

        var wanted = new HashSet<>(groups);
        var runs = rig.stored().runs().stream()
                .filter(run -> wanted.contains(run.group()))
                .toList();
        var begin = runs.stream()
                .map(Evidence.Run::requestedAt)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        var end = runs.stream()
                .flatMap(run -> Stream.ofNullable(run.finishedAt()))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        double seconds = Duration.between(begin, end).toMillis() / 1000.0;
        int requests = rig.upstream().journal().size() - before;
        log.info(
                "{} replica(s): {} runs in {} s, {} runs/s, {} requests/s",
                replicas,
                RUNS,
                seconds,
                Math.round(10 * RUNS / seconds) / 10.0,
                Math.round(requests / seconds));
        assertThat(runs).hasSize(RUNS);
    }

    private static void postAll(Rig rig, List<String> groups, int replicas) throws Exception {
        try (var callers = Executors.newFixedThreadPool(CALLERS)) {
            var posts = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < groups.size(); i++) {
                var replica = rig.replicas().get(i % replicas);
                var group = groups.get(i);
                posts.add(callers.submit(() -> rig.post(replica, group)));
            }
            for (var post : posts) {
                assertThat(post.get()).isTrue();
            }
        }
    }
}
