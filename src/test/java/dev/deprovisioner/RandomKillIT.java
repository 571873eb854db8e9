package dev.deprovisioner;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deprovisioner.testbed.ScimServer.Exchange;
import dev.deprovisioner.testbed.Surroundings;
import dev.deprovisioner.testbed.WebhookReceiver.Delivery;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/** Kills the service at random moments while many groups are taken out, again and again. */
class RandomKillIT {

    private static final int GROUPS = 12;

    private final Surroundings around = new Surroundings();
    private final int port = ServiceProcess.freePort();
    private final int managementPort = ServiceProcess.freePort();
    private final Portal portal = new Portal(port, around.tokens());
    private final List<String> groups = IntStream.range(0, GROUPS)
            .mapToObj(i -> around.upstream().createGroup("Group " + i, List.of("ann-" + i, "bob-" + i)))
            .toList();

    @TempDir
    private Path directory = Path.of("");

    @AfterEach
    void close() {
        around.close();
    }

    @RepeatedTest(2)
    void everyGroupIsTakenOutOnceAndToldOfUnderOneId(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        around.upstream().latency(ofMillis(10));
        var accepted = new ConcurrentLinkedQueue<String>();
        for (int kill = 0; kill < 3; kill++) {
            try (var service = start()) {
                killAfterSomeExchanges(service, 1 + random.nextInt(4 * GROUPS));
                groups.parallelStream().filter(this::isAccepted).forEach(accepted::add);
                CompletableFuture.runAsync(service::awaitExit)
                        .completeOnTimeout(null, 5, TimeUnit.SECONDS)
                        .join();
            }
        }
        around.upstream().onExchange(exchange -> {});

        try (var last = start()) {
            accepted.forEach(this::awaitTold);
            groups.forEach(portal::post);
            groups.forEach(this::awaitTold);
            assertThat(last.isAlive()).isTrue();
            assertThat(groups).allSatisfy(this::isTakenOutOnce);
        }
    }

    private void killAfterSomeExchanges(ServiceProcess service, int exchanges) {
        var left = new AtomicInteger(exchanges);
        around.upstream().onExchange(exchange -> {
            if (left.decrementAndGet() == 0) {
                service.kill();
            }
        });
    }

    /** Whether the caller was told so; if not, the request may have been accepted all the same. */
    private boolean isAccepted(String group) {
        try {
            return portal.post(group).statusCode() < 300;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private void awaitTold(String group) {
        await().atMost(ofSeconds(15))
                .until(() -> portal.latest(group).path("webhookSynced").asBoolean(false));
    }

    private void isTakenOutOnce(String group) {
        assertThat(around.upstream().statusOf(group)).isEqualTo(404);
        assertThat(around.upstream().journal())
                .filteredOn(exchange -> exchange.path().contains(group) && exchange.status() < 300)
                .extracting(Exchange::method)
                .containsOnlyOnce("PATCH", "DELETE");
        assertThat(portal.auditActions(group))
                .containsExactly("REQUEST", "VALIDATE", "REMOVE_MEMBERS", "DELETE", "WEBHOOK");
        var run = portal.latest(group);
        assertThat(run.get("outcome").asString()).isEqualTo("DELETED");
        assertThat(run.get("membersRemoved").asInt()).isEqualTo(2);
        var told = around.receiver().deliveriesAbout(group);
        assertThat(told).extracting(Delivery::id).containsOnly(told.getFirst().id());
    }

    private ServiceProcess start() {
        return ServiceProcess.start(directory, around.settings(), port, managementPort)
                .awaitReady();
    }
}
