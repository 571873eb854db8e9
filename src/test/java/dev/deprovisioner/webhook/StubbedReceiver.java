package dev.deprovisioner.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.run.StubbedProvider;
import dev.deprovisioner.identifier.DeliveryId;
import dev.deprovisioner.identifier.GroupId;
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

    DeliveryId id = new DeliveryId("msg_00000000-0000-8000-8000-000000000000");
    private int others;

    @BeforeEach
    void somethingToTell() {
        jdbc.sql("DELETE FROM webhook_delivery").update();
        jdbc.sql("UPDATE webhook_receiver SET failures = 0, probing_since = NULL, probe = NULL, last_probed = 0")
                .update();
        id = announced(requested());
    }

    /** The webhook of a run of another group. */
    DeliveryId announcedForAnotherGroup() {
        return announced(requested(new GroupId(group + "-" + ++others)));
    }

    DeliveryId announced(Deprovision run) {
        var event = new GroupDeprovisioned(run.id(), run.groupId(), time.instant(), "DELETED", 2);
        transactions.executeWithoutResult(status -> outbox.add(event));
        return deliveries.newest(null, null, 1).getFirst().delivery().id();
    }

    static void receiver(ResponseDefinitionBuilder... answers) {
        inTurn("receiver", () -> post(urlEqualTo(WEBHOOK)), answers);
    }

    Optional<Instant> tried() {
        return tried(id);
    }

    Optional<Instant> tried(DeliveryId which) {
        return task.perform(which);
    }

    Delivery delivery() {
        return delivery(id);
    }

    Delivery delivery(DeliveryId which) {
        return (Delivery) deliveries.find(which).orElseThrow();
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
