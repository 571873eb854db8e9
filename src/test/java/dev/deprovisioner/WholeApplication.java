package dev.deprovisioner;

import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;

import dev.deprovisioner.testbed.ExternalSystems;
import dev.deprovisioner.testbed.ScimServer.Exchange;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The service in this JVM, with a real SCIM server, a real token server and a receiver; every test has a group. Classes
 * that set nothing share one application: its tests look at what is about their own group, and leave nothing to do.
 */
@Import({AddedBeans.Servers.class, AddedBeans.FailsFirst.class, AddedBeans.FailsLast.class})
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"management.server.port=0", "spring.datasource.url=jdbc:h2:mem:whole;DB_CLOSE_DELAY=-1"})
@Execution(SAME_THREAD)
abstract class WholeApplication {

    static final ExternalSystems around = new ExternalSystems();

    final int managementPort;
    final Portal portal;
    String group = "";

    WholeApplication(int port, int managementPort) {
        this.managementPort = managementPort;
        this.portal = new Portal(port, around.tokens());
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        around.settings().forEach((name, value) -> registry.add(name, () -> value));
    }

    @BeforeEach
    void createGroup() {
        group = around.upstream().createGroup("Support Tier 1", List.of("ann", "bob", "cleo"));
    }

    final List<Exchange> requests() {
        return around.upstream().journal().stream()
                .filter(request -> request.path().contains(group))
                .toList();
    }

    final String runId() {
        return portal.latest(group).get("id").asString();
    }

    final void awaitWebhookSynced() {
        await().atMost(ofSeconds(10))
                .until(() -> portal.latest(group).path("webhookSynced").asBoolean(false));
    }
}
