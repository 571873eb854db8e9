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
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says how long one, two and three replicas take for the same number of runs. Nothing is asserted of the time. */
@Tag("chaos")
class ThroughputIT {

    private static final Logger log = LoggerFactory.getLogger(ThroughputIT.class);
    private static final int RUNS = Integer.getInteger("throughput.runs", 200);
    private static final int CALLERS = 8;

    @TempDir
    private Path directory = Path.of("");

    /** @param limit requests a minute to the provider, or 0 for no limit */
    @ParameterizedTest
    @ValueSource(ints = {0, 6000})
    void ofOneTwoAndThreeReplicas(int limit) throws Exception {
        var settings = Map.of(
                "spring.datasource.driver-class-name", "org.postgresql.Driver",
                "spring.datasource.hikari.maximum-pool-size", "25",
                "deprovisioner.upstream.rate-limit.requests", String.valueOf(limit));
        try (var postgres = Server.start(directory.resolve("postgres"));
                var rig = new Rig(directory, postgres.url(), settings, new Director() {}, 3)) {
            for (int replicas = 1; replicas <= 3; replicas++) {
                rig.replicas().get(replicas - 1).start();
                measure(rig, replicas, limit);
            }
        }
    }

    private static void measure(Rig rig, int replicas, int limit) throws Exception {
        var groups = new ArrayList<String>();
        for (int i = 0; i < RUNS; i++) {
            groups.add(rig.createGroup("Group " + i, List.of("ann-" + replicas + "-" + i)));
        }
        int before = rig.upstream().journal().size();
        postAll(rig, groups, replicas);
        await().atMost(ofMinutes(10))
                .pollInterval(ofMillis(100))
                .until(() -> !rig.stored().hasTasks());

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
                "{} replica(s), {} requests/min each at most: {} runs in {} s, {} runs/s, {} requests/s",
                replicas,
                limit,
                RUNS,
                seconds,
                Math.round(RUNS / seconds),
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
