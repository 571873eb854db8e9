package dev.deprovisioner.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.deprovisioner.deprovision.StubbedProvider;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** A delivery to a stubbed receiver, of which each try is made by hand. */
abstract class StubbedReceiver extends StubbedProvider {

    @Autowired
    Outbox outbox;

    @Autowired
    Deliveries deliveries;

    @Autowired
    DeliveryTask task;

    @Autowired
    TransactionTemplate transactions;

    String id = "";

    @BeforeEach
    void somethingToTell() {
        var run = requested();
        var event = new GroupDeprovisioned(run.id(), group, time.instant(), "DELETED", 2);
        transactions.executeWithoutResult(status -> outbox.add(event));
        id = jdbc.sql("SELECT id FROM webhook_delivery WHERE group_id = ?")
                .param(group.value())
                .query((row, number) -> row.getString(1))
                .single();
    }

    static void receiver(ResponseDefinitionBuilder... answers) {
        inTurn("receiver", () -> post(urlEqualTo(WEBHOOK)), answers);
    }

    Optional<Instant> tried() {
        return task.perform(id);
    }

    Delivery delivery() {
        return deliveries.find(id).orElseThrow();
    }

    static List<LoggedRequest> received() {
        return provider.findAll(postRequestedFor(urlEqualTo(WEBHOOK)));
    }

    List<Boolean> syncedEntries() {
        return jdbc.sql("SELECT webhook_synced FROM audit_entry WHERE group_id = ? AND action = 'WEBHOOK'")
                .param(group.value())
                .query((row, number) -> row.getBoolean(1))
                .list();
    }
}
