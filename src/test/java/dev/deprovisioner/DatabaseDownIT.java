package dev.deprovisioner;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deprovisioner.testbed.ExternalSystems;
import dev.deprovisioner.testbed.Ports;
import dev.deprovisioner.testbed.Postgres;
import dev.deprovisioner.testbed.Relay;
import dev.deprovisioner.testbed.ScimServer.Exchange;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The service without its database: it says so, promises and changes nothing, and goes on by itself. */
@Execution(ExecutionMode.CONCURRENT)
class DatabaseDownIT {

    private final ExternalSystems around = new ExternalSystems();
    private final int port = Ports.free();
    private final int managementPort = Ports.free();
    private final Portal portal = new Portal(port, around.tokens());
    private final String group = around.upstream().createGroup("Support Tier 1", List.of("ann"));
    private final URI database = URI.create(Postgres.create().ownersUrl().substring("jdbc:".length()));
    private final int databasePort = Ports.free();
    private final Relay relay = new Relay(databasePort, database.getPort());

    @TempDir
    private Path directory = Path.of("");

    @AfterEach
    void close() {
        relay.close();
        around.close();
    }

    private ServiceProcess start() {
        var url = "jdbc:" + database.toString().replace(":" + database.getPort(), ":" + databasePort);
        var settings = new HashMap<>(around.settings());
        settings.putAll(Map.of("spring.datasource.url", url, "spring.datasource.hikari.connection-timeout", "1000"));
        return ServiceProcess.start(directory, settings, port, managementPort);
    }

    @Test
    void waitsForItAtTheStartAndAcceptsAndChangesNothingWhenItIsLost() {
        var lost = new AtomicBoolean();
        around.upstream().onExchange(exchange -> {
            // The last answer before the intent to remove the members would be committed.
            if (exchange.path().contains("routing") && lost.compareAndSet(false, true)) {
                relay.down();
            }
        });
        try (var service = start()) {
            awaitTry(service);
            assertThat(service.isReady()).isFalse();
            relay.up();
            service.awaitReady();

            portal.post(group);
            await().atMost(ofMinutes(1)).until(lost::get);
            await().atMost(ofMinutes(1)).until(() -> !service.isReady());

            assertThat(portal.post(around.upstream().createGroup("Sales", List.of()))
                            .statusCode())
                    .isEqualTo(503);
            assertThat(methods()).doesNotContain("PATCH", "DELETE");

            relay.up();
            service.awaitReady();
            await().atMost(ofMinutes(2))
                    .until(() -> portal.latest(group).path("webhookSynced").asBoolean(false));
            assertThat(methods()).containsOnlyOnce("PATCH", "DELETE");
            assertThat(portal.auditActions(group))
                    .containsExactly("REQUEST", "VALIDATE", "REMOVE_MEMBERS", "DELETE", "WEBHOOK");
        }
    }

    private List<String> methods() {
        return around.upstream().journal().stream().map(Exchange::method).toList();
    }

    @Test
    void canBeStoppedWhileItWaits() {
        try (var service = start()) {
            awaitTry(service);

            service.terminate();

            assertThat(service.awaitExit()).isEqualTo(143);
        }
    }

    private static void awaitTry(ServiceProcess service) {
        await().atMost(ofMinutes(2)).until(() -> service.output().contains("Database unavailable, trying again"));
    }
}
