package dev.deprovisioner;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;

import dev.deprovisioner.testbed.ExternalSystems;
import dev.deprovisioner.testbed.Postgres;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * A run that waits because the provider gives no answer, and callers who ask for it meanwhile. On PostgreSQL, where those
 * who ask at the same time wait for each other's row. The URL alone is enough, as its user may make tables.
 */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            // The context is kept for other tests, and so are idle connections.
            "spring.datasource.hikari.minimum-idle=0",
            "deprovisioner.upstream.retry.max-attempts=1"
        })
@Execution(SAME_THREAD)
class WaitingRunIT {

    private static final ExternalSystems around = new ExternalSystems();

    private final Portal portal;
    private String group = "";

    @Autowired
    WaitingRunIT(@LocalServerPort int port) {
        this.portal = new Portal(port, around.tokens());
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        around.settings().forEach((name, value) -> registry.add(name, () -> value));
        var url = Postgres.create().ownersUrl();
        registry.add("spring.datasource.url", () -> url);
    }

    @BeforeEach
    void makeARunWait() {
        group = around.upstream().createGroup("Support Tier 1", List.of("ann"));
        around.upstream().onExchange(exchange -> {
            throw new IllegalStateException("no answer");
        });
        portal.post(group);
        awaitStatus("WAITING");
    }

    @Test
    void goesOnAtOnceWhenACallerAsksAgain() {
        var id = portal.latest(group).get("id");
        around.upstream().onExchange(exchange -> {});

        var answer = portal.postAndWait(group, null);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Portal.json(answer).get("id")).isEqualTo(id);
        assertThat(Portal.json(answer).get("status").asString()).isEqualTo("SUCCEEDED");
    }

    @Test
    void answersEveryoneOfManyCallersAtOnceWithTheSameRun() throws Exception {
        List<HttpResponse<String>> answers;
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<HttpResponse<String>> call = () -> Portal.untilAccepted(() -> portal.post(group));
            answers = callers
                    .invokeAll(IntStream.range(0, 60).mapToObj(i -> call).toList())
                    .stream()
                    .map(answer -> answer.resultNow())
                    .toList();
        }

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(202);
        around.upstream().onExchange(exchange -> {});
        await().atMost(ofSeconds(10)).untilAsserted(() -> {
            portal.post(group);
            awaitStatus("SUCCEEDED");
        });
        assertThat(portal.auditActions(group)).containsOnlyOnce("REQUEST", "VALIDATE", "REMOVE_MEMBERS", "DELETE");
    }

    private void awaitStatus(String status) {
        await().atMost(ofSeconds(5))
                .pollInterval(ofMillis(20))
                .until(() -> portal.latest(group).get("status").asString().equals(status));
    }
}
