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
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kills the service at fixed points of a run: what takes its place ends the run, and nothing is done or told twice. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillIT {

    /** Well below the 20 s for which the killed process had claimed the run. */
    private static final Duration AT_ONCE = ofSeconds(5);

    private final Surroundings around = new Surroundings();
    private final Map<String, String> settings = new HashMap<>(around.settings());
    private final int port = ServiceProcess.freePort();
    private final int managementPort = ServiceProcess.freePort();
    private final Portal portal = new Portal(port, around.tokens());
    private final String member = "member-" + UUID.randomUUID();

    @TempDir
    static Path directory = Path.of("");

    private ServiceProcess service;
    private CountDownLatch killed = new CountDownLatch(1);
    private String group = "";

    /** An exchange with the provider that had its effect, but is not answered. */
    enum Unanswered {
        READ_TO_VALIDATE,
        ROUTING_PROFILE,
        REMOVAL_OF_MEMBERS,
        READ_BACK,
        DELETION,
        READ_TO_VERIFY;

        private boolean is(Exchange exchange) {
            return switch (this) {
                case READ_TO_VALIDATE -> exchange.method().equals("GET");
                case ROUTING_PROFILE -> exchange.path().startsWith("/api/v2/users/");
                case REMOVAL_OF_MEMBERS -> exchange.method().equals("PATCH");
                case READ_BACK -> exchange.path().endsWith("?attributes=members");
                case DELETION -> exchange.method().equals("DELETE");
                case READ_TO_VERIFY -> exchange.method().equals("GET") && exchange.status() == 404;
            };
        }
    }

    /** A request that arrives at the provider, but has no effect. */
    enum Lost {
        REMOVAL_OF_MEMBERS,
        DELETION;

        private boolean isNextAfter(Exchange exchange) {
            return switch (this) {
                case REMOVAL_OF_MEMBERS -> exchange.path().startsWith("/api/v2/users/");
                case DELETION -> exchange.path().endsWith("?attributes=members");
            };
        }
    }

    @BeforeAll
    void startService() {
        settings.put(
                "spring.datasource.url",
                "jdbc:h2:file:" + directory.resolve("deprovisioner") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
        service = start().awaitReady();
    }

    @BeforeEach
    void createGroup() {
        group = around.upstream().createGroup("Support Tier 1", List.of(member));
        killed = new CountDownLatch(1);
    }

    @AfterEach
    void leaveTheServiceAlone() {
        around.upstream().onExchange(exchange -> {});
        around.receiver().onDelivery(delivery -> {});
        around.onArrival(() -> {});
    }

    @AfterAll
    void close() {
        service.close();
        around.close();
    }

    @ParameterizedTest
    @EnumSource
    void endsTheRunWhenKilledBeforeAnAnswer(Unanswered at) {
        around.upstream().onExchange(exchange -> {
            if (at.is(exchange)) {
                killOnce();
            }
        });
        request();

        endsByItself();
    }

    @ParameterizedTest
    @EnumSource
    void endsTheRunWhenKilledWithARequestOnItsWay(Lost at) {
        around.upstream().onExchange(exchange -> {
            if (at.isNextAfter(exchange)) {
                around.onArrival(() -> {
                    killOnce();
                    throw new IllegalStateException("lost on its way");
                });
            }
        });
        request();

        endsByItself();
    }

    @Test
    void tellsTheReceiverAgainUnderTheSameIdWhenKilledBeforeItsConfirmation() {
        around.receiver().onDelivery(delivery -> killOnce());
        request();

        endsByItself();
        assertThat(around.receiver().deliveriesAbout(group)).hasSize(2);
    }

    @Test
    void endsTheRunWhenKilledRightAfterItWasAccepted() {
        assertThat(portal.post(group).statusCode()).isEqualTo(202);
        killOnce();

        endsByItself();
    }

    /** The kill may overtake the answer; that the request was accepted shows in what reached the provider. */
    private void request() {
        try {
            portal.post(group);
        } catch (UncheckedIOException e) {
            await().until(this::wasKilled);
        }
    }

    private void endsByItself() {
        assertThat(wasKilled()).isTrue();
        leaveTheServiceAlone();
        service = start().awaitReady();

        await().atMost(AT_ONCE)
                .pollInterval(ofMillis(50))
                .until(() -> portal.latest(group).path("webhookSynced").asBoolean(false));

        var run = portal.latest(group);
        assertThat(run.get("status").asString()).isEqualTo("SUCCEEDED");
        assertThat(run.get("outcome").asString()).isEqualTo("DELETED");
        assertThat(run.get("membersRemoved").asInt()).isEqualTo(1);
        assertThat(around.upstream().statusOf(group)).isEqualTo(404);
        assertThat(effective("PATCH")).hasSize(1);
        assertThat(effective("DELETE")).hasSize(1);
        assertThat(portal.auditActions(group))
                .containsExactly("REQUEST", "VALIDATE", "REMOVE_MEMBERS", "DELETE", "WEBHOOK");
        assertThat(around.receiver().deliveriesAbout(group))
                .isNotEmpty()
                .extracting(Delivery::id)
                .containsOnly(
                        around.receiver().deliveriesAbout(group).getFirst().id());
    }

    private List<Exchange> effective(String method) {
        return around.upstream().journal().stream()
                .filter(exchange ->
                        exchange.method().equals(method) && exchange.path().contains(group))
                .filter(exchange -> exchange.status() < 300)
                .toList();
    }

    private ServiceProcess start() {
        return ServiceProcess.start(directory, settings, port, managementPort);
    }

    private synchronized void killOnce() {
        if (killed.getCount() > 0) {
            service.kill();
            killed.countDown();
        }
    }

    private boolean wasKilled() {
        try {
            return killed.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
