package dev.deprovisioner.chaos;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deprovisioner.chaos.Event.Arrived;
import dev.deprovisioner.chaos.Evidence.RateLimit;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** However many processes share a limit: it is kept in each window, and used. */
class SharedLimitIT {

    private static final Logger log = LoggerFactory.getLogger(SharedLimitIT.class);

    /** For the way to the provider, which is not the same for all. */
    private static final Duration JITTER = ofMillis(100);

    private static final RateLimit LIMIT = new RateLimit(300, Duration.ofSeconds(20), JITTER);
    /** The same rate, in windows of half the length. */
    private static final RateLimit SHORT = new RateLimit(150, Duration.ofSeconds(10), JITTER);

    private static final int MEMBERS = 20;
    /** Half would be lost if the permits of one replica were; how fast a busy machine is decides on more. */
    private static final double USED_AT_LEAST = 0.6;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void isKeptAndUsedByTwo() {
        keepAndUse(SHORT, 2, 1, false, USED_AT_LEAST);
    }

    @Tag("chaos")
    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "3, false", "1, true", "2, true", "3, true"})
    void isKeptAndUsedByAny(int replicas, boolean enforced) {
        keepAndUse(LIMIT, replicas, 4, enforced, 0.97);
    }

    /**
     * @param periods over which the requests are counted, after half of one
     * @param enforced whether the provider reports the remaining quota, and refuses requests beyond it
     * @param least how much of the limit is used
     */
    private void keepAndUse(RateLimit limit, int replicas, int periods, boolean enforced, double least) {
        var settings = Map.of(
                "spring.datasource.hikari.maximum-pool-size",
                "25",
                "deprovisioner.upstream.rate-limit.requests",
                String.valueOf(limit.requests()),
                "deprovisioner.upstream.rate-limit.period",
                limit.period().toSeconds() + "s");
        try (var postgres = Server.start(directory.resolve("postgres"));
                var rig = new Rig(directory, postgres.url(), settings, new Director() {}, replicas)) {
            if (enforced) {
                rig.upstream().quota(limit.requests(), limit.period());
            }
            rig.replicas().forEach(Replica::begin);
            rig.replicas().forEach(replica -> replica.service().awaitReady());
            backlog(rig, limit.requests() * (periods + 3) / MEMBERS);
            var begin = arrivals(rig).getFirst().plus(limit.period().dividedBy(2));
            var end = begin.plus(limit.period().multipliedBy(periods));
            await().atMost(ofMinutes(3))
                    .pollInterval(ofMillis(100))
                    .until(() -> !arrivals(rig).getLast().isBefore(end));

            long used = arrivals(rig).stream()
                    .filter(at -> !at.isBefore(begin) && at.isBefore(end))
                    .count();
            double share = used / (double) (limit.requests() * periods);
            long refused = rig.upstream().journal().stream()
                    .filter(exchange -> exchange.status() == 429)
                    .count();
            log.info(
                    "{} replica(s), enforced {}: {} requests in {} periods, {} of the limit, {} refused",
                    replicas,
                    enforced,
                    used,
                    periods,
                    share,
                    refused);
            assertThat(Pace.findings(rig.evidence(limit))).isEmpty();
            assertThat(rig.stored().hasTasks()).as("a backlog to the end").isTrue();
            assertThat(share).isGreaterThanOrEqualTo(least);
            assertThat(refused).isZero();
        }
    }

    private static List<Instant> arrivals(Rig rig) {
        return rig.chronicle().events().stream()
                .filter(Arrived.class::isInstance)
                .map(Event::at)
                .toList();
    }

    private static void backlog(Rig rig, int runs) {
        for (int run = 0; run < runs; run++) {
            int number = run;
            var group = rig.createGroup(
                    "Group " + run,
                    IntStream.range(0, MEMBERS)
                            .mapToObj(i -> "member-" + number + "-" + i)
                            .toList());
            var replica = rig.replicas().get(run % rig.replicas().size());
            assertThat(rig.post(replica, group)).isTrue();
        }
    }
}
