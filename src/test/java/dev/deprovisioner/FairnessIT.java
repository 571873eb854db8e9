package dev.deprovisioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deprovisioner.schedule.TaskQueue;
import dev.deprovisioner.testbed.Answer;
import dev.deprovisioner.testbed.ExternalSystems;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The one run of a caller is not kept waiting by the many, or the long ones, of another. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "spring.datasource.url=jdbc:h2:mem:fairness;DB_CLOSE_DELAY=-1",
            "deprovisioner.upstream.rate-limit.requests=0"
        })
@Isolated("Compares times")
class FairnessIT {

    private static final ExternalSystems around = new ExternalSystems();
    private static final int BURST = 200;
    private static final int WORKERS = 8;
    private static final int FOR_OTHERS = 3;

    /** The burst's first four, and what the other workers do while this one is worked on: six requests to their one. */
    private static final int AT_MOST_BEFORE = 4 + 12 * WORKERS;

    private final Portal many;
    private final Portal one;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    @Qualifier("deprovisionQueue")
    private TaskQueue queue;

    @Autowired
    FairnessIT(@LocalServerPort int port) {
        this.many = new Portal(port, around.tokens());
        this.one = new Portal(port, around.tokens().approverToken("deprovision:read", "deprovision:write"));
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        around.settings().forEach((name, value) -> registry.add(name, () -> value));
    }

    @AfterAll
    static void close() {
        around.close();
    }

    @Test
    void aSmallRunOfAnotherCallerPassesABurst() throws Exception {
        var group = around.upstream().createGroup("Small", List.of("ann"));
        queue.stop();
        burst();
        assertThat(one.post(group).statusCode()).isEqualTo(202);
        queue.start();

        await().atMost(Duration.ofMinutes(2)).until(() -> endedBefore(group) >= 0);

        assertThat(endedBefore(group)).isLessThanOrEqualTo(AT_MOST_BEFORE);
    }

    @Test
    void longRunsOfACallerLeaveAWorkerForAnother() throws Exception {
        var held = new CountDownLatch(1);
        around.upstream().onArrival(arrival -> heldUp(arrival.path(), held));
        queue.stop();
        jdbc.sql("DELETE FROM deprovision_task").update();
        for (int i = 0; i < WORKERS; i++) {
            many.post(around.upstream().createGroup("Long " + i, List.of("held-" + i)));
        }
        // As they are where all are posted at the same time, and none knows of another.
        jdbc.sql("UPDATE deprovision_task SET priority = (SELECT MAX(priority) FROM deprovision_task)")
                .update();
        queue.start();
        await().until(() -> running() >= WORKERS - FOR_OTHERS);

        var small = around.upstream().createGroup("Small", List.of("ann"));
        assertThat(Portal.json(one.postAndWait(small, null)).get("status").asString())
                .isEqualTo("SUCCEEDED");

        assertThat(running()).isEqualTo(WORKERS - FOR_OTHERS);
        held.countDown();
        await().until(() -> running() == 0);
        around.upstream().onArrival(arrival -> Optional.empty());
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

    private long running() {
        return jdbc.sql("SELECT COUNT(*) FROM deprovision WHERE status = 'RUNNING'")
                .query(Long.class)
                .single();
    }

    /** Of groups that are not there: each is one read. */
    private void burst() throws Exception {
        try (var callers = Executors.newFixedThreadPool(8)) {
            var calls = IntStream.range(0, BURST)
                    .mapToObj(i -> callers.submit(() -> many.post("missing-" + i)))
                    .toList();
            for (var call : calls) {
                assertThat(call.get()).extracting(HttpResponse::statusCode).isEqualTo(202);
            }
        }
    }

    /** How many runs of the other caller had ended before that of this group did; negative if it has not. */
    private long endedBefore(String group) {
        return jdbc.sql("""
                        SELECT CASE WHEN one.finished_at IS NULL THEN -1 ELSE
                            (SELECT COUNT(*) FROM deprovision
                             WHERE requested_by = 'portal' AND finished_at < one.finished_at) END
                        FROM deprovision AS one WHERE one.group_id = :group
                        """).param("group", group).query(Long.class).single();
    }
}
