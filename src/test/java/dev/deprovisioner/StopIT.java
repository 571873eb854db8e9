package dev.deprovisioner;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deprovisioner.testbed.ExternalSystems;
import dev.deprovisioner.testbed.Ports;
import dev.deprovisioner.testbed.ScimServer.Exchange;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Stops the service in an orderly way in the middle of a run. */
@Execution(ExecutionMode.CONCURRENT)
class StopIT {

    private final ExternalSystems around = new ExternalSystems();
    private final int port = Ports.free();
    private final int managementPort = Ports.free();
    private final Portal portal = new Portal(port, around.tokens());
    private final String group = around.upstream().createGroup("Support Tier 1", List.of("ann"));

    @TempDir
    private Path directory = Path.of("");

    @AfterEach
    void close() {
        around.close();
    }

    @Test
    void finishesTheRequestInFlightAndSavesWhatCameOfIt() {
        var stopping = new AtomicBoolean();
        var reached = new CountDownLatch(1);
        var first = start();
        around.upstream().onExchange(exchange -> {
            if (exchange.method().equals("DELETE") && stopping.compareAndSet(false, true)) {
                first.terminate();
                awaitNotReady(first);
                reached.countDown();
            }
        });
        portal.post(group);
        reach(reached);

        assertThat(first.awaitExit()).isEqualTo(143);
        assertThat(first.output()).contains("Run succeeded").doesNotContain(" ERROR ", "\tat ");
        assertThat(savedAuditActions()).startsWith("REQUEST", "VALIDATE", "REMOVE_MEMBERS", "DELETE");
        assertThat(around.upstream().journal()).extracting(Exchange::method).containsOnlyOnce("PATCH", "DELETE");
    }

    private List<@Nullable String> savedAuditActions() {
        var database =
                new DriverManagerDataSource("jdbc:h2:" + directory.resolve("data/deprovisioner") + ";IFEXISTS=TRUE");
        return JdbcClient.create(database)
                .sql("SELECT action FROM audit_entry ORDER BY id")
                .query(String.class)
                .list();
    }

    @Test
    void leavesARunThatTheProviderHoldsUpToTheNextProcessAndAnswersTheCallerWhoWaits() {
        var reached = new CountDownLatch(1);
        var first = start();
        around.upstream().onExchange(exchange -> {
            reached.countDown();
            awaitExit(first);
        });
        var answer = CompletableFuture.supplyAsync(() -> portal.postAndWait(group, null), Thread::startVirtualThread);
        reach(reached);

        first.terminate();

        assertThat(answer).succeedsWithin(ofSeconds(60)).satisfies(response -> {
            assertThat(response.statusCode()).isEqualTo(202);
            // At once, as it was last seen: when it has given the request up, it is WAITING.
            assertThat(Portal.json(response).get("status").asString()).isIn("SCHEDULED", "RUNNING");
        });
        assertThat(first.awaitExit()).isEqualTo(143);
        assertThat(first.output()).doesNotContain(" ERROR ", "\tat ").contains("Step waits: VALIDATE until");

        around.upstream().onExchange(exchange -> {});
        try (var second = start()) {
            await().atMost(ofSeconds(20))
                    .until(() -> portal.latest(group).path("webhookSynced").asBoolean(false));
            assertThat(second.isAlive()).isTrue();
        }
    }

    @Test
    void savesTheRunInsteadOfWaitingForTheRateLimit() {
        var members = IntStream.range(0, 100).mapToObj(i -> "agent-" + i).toList();
        var large = around.upstream().createGroup("Support Tier 2", members);
        var first = start(Map.of("deprovisioner.upstream.rate-limit.requests", "60"));
        portal.post(large);
        await().until(() -> around.upstream().journal().size() > 10);

        first.terminate();
        int sent = around.upstream().journal().size();
        assertThat(first.awaitExit()).isEqualTo(143);

        assertThat(first.output()).doesNotContain(" ERROR ", "\tat ").contains("Step waits: VALIDATE until");
        assertThat(around.upstream().journal().size()).isLessThanOrEqualTo(sent + 3);
    }

    private static void awaitExit(ServiceProcess service) {
        await().atMost(ofSeconds(60)).until(() -> !service.isAlive());
    }

    private ServiceProcess start() {
        return start(Map.of());
    }

    private ServiceProcess start(Map<String, String> further) {
        var settings = new HashMap<>(around.settings());
        settings.putAll(further);
        return ServiceProcess.start(directory, settings, port, managementPort).awaitReady();
    }

    private static void awaitNotReady(ServiceProcess service) {
        await().atMost(ofSeconds(5)).pollInterval(ofMillis(20)).until(() -> !service.isReady());
    }

    private static void reach(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
