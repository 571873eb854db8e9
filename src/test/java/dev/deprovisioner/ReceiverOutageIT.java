package dev.deprovisioner;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deprovisioner.testbed.WebhookReceiver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** A receiver that is dead, then slow, then alive; groups are removed all the while, and it is notified of each. */
@TestPropertySource(
        properties = {
            "deprovisioner.webhook.timeout=1s",
            "spring.datasource.url=jdbc:h2:mem:receiver-outage;DB_CLOSE_DELAY=-1"
        })
class ReceiverOutageIT extends WholeApplication {

    private final CountDownLatch slow = new CountDownLatch(1);
    private final List<String> groups = new ArrayList<>();
    private final JdbcClient jdbc;

    @Autowired
    ReceiverOutageIT(@LocalServerPort int port, @LocalManagementPort int managementPort, JdbcClient jdbc) {
        super(port, managementPort);
        this.jdbc = jdbc;
    }

    @AfterEach
    void heal() {
        around.receiver().onDelivery(delivery -> {});
        slow.countDown();
    }

    private void takeOut(int many) {
        for (int i = 0; i < many; i++) {
            var another = around.upstream().createGroup("Support Tier " + groups.size(), List.of("ann"));
            groups.add(another);
            assertThat(portal.postAndWait(another, null).statusCode())
                    .as("a run is not held up")
                    .isEqualTo(200);
        }
    }

    private boolean isProbing() {
        return jdbc.sql("SELECT probing_since IS NOT NULL FROM webhook_receiver")
                .query(Boolean.class)
                .single();
    }

    private int attempts() {
        return portal.webhooks("PENDING").stream()
                .mapToInt(webhook -> webhook.get("attempts").asInt())
                .sum();
    }

    private void awaitProbes() {
        int spent = attempts();
        int seen = around.receiver().deliveries().size();
        await().atMost(ofSeconds(60)).until(() -> around.receiver().deliveries().size() >= seen + 3);
        assertThat(attempts()).as("tries of the schedules").isEqualTo(spent);
        assertThat(isProbing()).isTrue();
    }

    @Test
    void hearsOfEverythingInTheEnd() {
        around.receiver().onDelivery(delivery -> {
            throw new IllegalStateException("dead");
        });
        takeOut(6);
        await().atMost(ofSeconds(60)).until(this::isProbing);
        // Tries that had begun before are recorded, and each delivery has found that it has to wait.
        await().atMost(ofSeconds(60)).until(() -> held() == 6);
        awaitProbes();

        around.receiver().onDelivery(delivery -> awaitQuietly());
        takeOut(2);
        await().atMost(ofSeconds(60)).until(() -> held() == 8);
        awaitProbes();

        around.receiver().onDelivery(delivery -> {});
        slow.countDown();
        await().atMost(ofSeconds(60)).until(() -> portal.webhooks("PENDING").isEmpty());

        assertThat(portal.webhooks("UNDELIVERABLE")).isEmpty();
        assertThat(groups)
                .allSatisfy(each -> assertThat(
                                portal.latest(each).get("webhookSynced").asBoolean())
                        .isTrue())
                .allSatisfy(each -> assertThat(around.receiver().deliveriesAbout(each))
                        .extracting(WebhookReceiver.Delivery::id)
                        .isNotEmpty()
                        .containsOnly(idOf(each)));
        redelivers(groups.getFirst());
    }

    private long held() {
        return jdbc.sql(
                        "SELECT COUNT(*) FROM webhook_delivery WHERE status = 'PENDING' AND held AND next_attempt_at = gives_up_at")
                .query(Long.class)
                .single();
    }

    private String idOf(String about) {
        return portal.webhooks("DELIVERED").stream()
                .filter(webhook -> webhook.get("groupId").asString().equals(about))
                .map(webhook -> webhook.get("id").asString())
                .findFirst()
                .orElseThrow();
    }

    private void redelivers(String about) {
        int before = around.receiver().deliveriesAbout(about).size();

        assertThat(portal.redeliver(idOf(about)).statusCode()).isEqualTo(202);

        await().atMost(ofSeconds(20))
                .until(() -> around.receiver().deliveriesAbout(about).size() == before + 1);
        await().atMost(ofSeconds(20)).until(() -> portal.webhooks("PENDING").isEmpty());
        assertThat(portal.auditEntries(about))
                .extracting(entry -> entry.get("action").asString())
                .containsSubsequence("WEBHOOK", "REDELIVER", "WEBHOOK");
        assertThat(portal.auditEntries(about))
                .filteredOn(entry -> entry.get("action").asString().equals("REDELIVER"))
                .extracting(entry -> entry.get("actor").asString())
                .containsExactly("portal");
    }

    private void awaitQuietly() {
        try {
            slow.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
