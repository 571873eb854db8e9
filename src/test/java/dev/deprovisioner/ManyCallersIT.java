package dev.deprovisioner;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deprovisioner.testbed.Answer;
import dev.deprovisioner.testbed.ExternalSystems;
import dev.deprovisioner.testbed.Postgres;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Two thousand requests at once for lists, each of which takes the database a while, beside a run in work. */
@Tag("chaos")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"management.server.port=0", "deprovisioner.security.caller-rate-limit.requests=0"})
@Isolated("Measures times")
class ManyCallersIT {

    private static final Logger log = LoggerFactory.getLogger(ManyCallersIT.class);
    private static final ExternalSystems around = new ExternalSystems();
    private static final Postgres database = Postgres.createNotDurable();
    private static final int CALLERS = 2000;
    private static final int LISTS = 3;

    private final Portal portal;

    @Autowired
    ManyCallersIT(@LocalServerPort int port) {
        this.portal = new Portal(port, around.tokens());
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        around.settings().forEach((name, value) -> registry.add(name, () -> value));
        registry.add("spring.datasource.url", database::ownersUrl);
    }

    @AfterAll
    static void close() {
        around.close();
    }

    @Test
    void delayNoHeartbeat() throws Exception {
        var sessions = new JdbcTemplate(database.owner());
        // The answer of the provider takes longer than the callers do, so the run keeps its lease by heartbeats alone.
        var held = new CountDownLatch(1);
        around.upstream().onArrival(arrival -> heldUp(arrival.path(), held));
        portal.post(around.upstream().createGroup("Held", List.of("held-1")));
        await().atMost(ofMinutes(1)).until(() -> oldestHeartbeat(sessions).isPositive());
        var answers = new ConcurrentHashMap<Integer, AtomicInteger>();
        var longest = Duration.ZERO;
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var left = new CountDownLatch(CALLERS);
            for (int i = 0; i < CALLERS; i++) {
                callers.execute(() -> {
                    list(answers);
                    left.countDown();
                });
            }
            while (left.getCount() > 0) {
                var age = oldestHeartbeat(sessions);
                longest = age.compareTo(longest) > 0 ? age : longest;
            }
        }
        held.countDown();
        log.info("Oldest heartbeat: {} ms, answers: {}", longest.toMillis(), answers);
        // One every 5 s.
        assertThat(longest).isLessThan(Duration.ofSeconds(10));
        assertThat(answers.keySet()).isSubsetOf(200, 503);
    }

    private void list(ConcurrentHashMap<Integer, AtomicInteger> answers) {
        for (int i = 0; i < LISTS; i++) {
            answers.computeIfAbsent(portal.listStatus(), status -> new AtomicInteger())
                    .incrementAndGet();
        }
    }

    private static Duration oldestHeartbeat(JdbcTemplate sessions) {
        var seconds = sessions.queryForObject(
                "SELECT COALESCE(MAX(EXTRACT(EPOCH FROM clock_timestamp() - last_heartbeat)), 0)"
                        + " FROM deprovision_task WHERE picked",
                Double.class);
        return Duration.ofMillis((long) (1000 * (seconds == null ? 0 : seconds)));
    }

    private static Optional<Answer> heldUp(String path, CountDownLatch held) {
        if (path.contains("/held-")) {
            try {
                held.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return Optional.empty();
    }
}
