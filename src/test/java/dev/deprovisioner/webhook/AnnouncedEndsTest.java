package dev.deprovisioner.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.run.StubbedProvider;
import dev.deprovisioner.identifier.Caller;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.test.context.TestPropertySource;

/** Receivers that want to hear of runs without success, and not of the others. */
@TestPropertySource(
        properties = {
            "deprovisioner.webhook.events=group_deprovision_blocked,group_deprovision_failed",
            "spring.datasource.url=jdbc:h2:mem:announced-ends;DB_CLOSE_DELAY=-1"
        })
class AnnouncedEndsTest extends StubbedProvider {

    @Autowired
    private Deliveries deliveries;

    @Autowired
    private DeliveryTask task;

    private List<Delivery> outbox() {
        return deliveries.newest(null, null, 100).stream()
                .map(numbered -> (Delivery) numbered.delivery())
                .filter(delivery -> delivery.message().group().equals(group))
                .toList();
    }

    @Test
    void announcesABlockedRunWithoutNamingAMember() {
        onRead(with("ann", "bob"));
        onProfile("ann", status(404));

        var run = ended();

        assertThat(run.status()).isEqualTo(Status.BLOCKED);
        assertThat(outbox())
                .singleElement()
                .extracting(delivery -> delivery.message().body())
                .isEqualTo("{\"event\":\"group_deprovision_blocked\",\"group_id\":\"" + group + "\",\"timestamp\":\""
                        + run.timeline().finishedAt()
                        + "\",\"source\":\"genesys_scim_deprovisioner\",\"deprovision_id\":\""
                        + run.id() + "\",\"problem\":\"dependencies-found\",\"members_removed\":0}");
    }

    @Test
    void announcesAFailedRunWithItsProgress() {
        onRead(with("ann", "bob"), with("ann", "bob"), with());
        onPatch(status(204));
        onDelete(status(403));

        var run = ended();

        assertThat(run.status()).isEqualTo(Status.FAILED);
        assertThat(outbox())
                .singleElement()
                .extracting(delivery -> delivery.message().body())
                .asString()
                .contains("\"event\":\"group_deprovision_failed\"", "\"problem\":\"upstream-forbidden\"")
                .contains("\"members_removed\":2");
    }

    @Test
    void itsEndIsInTheTrailAndTheRunIsNoneTheMoreSynced() {
        provider.stubFor(post(urlEqualTo(WEBHOOK)).willReturn(status(204)));
        onRead(noGroup(404));
        ended();

        assertThat(task.perform(outbox().getFirst().id())).isEmpty();

        assertThat(latest().webhookSynced()).isNull();
        assertThat(trail()).containsExactly("REQUEST SUCCESS", "VALIDATE BLOCKED", "WEBHOOK SUCCESS");
        assertThat(jdbc.sql("SELECT webhook_synced FROM audit_entry WHERE group_id = ? AND action = 'WEBHOOK'")
                        .param(group.value())
                        .query(Boolean.class)
                        .single())
                .isFalse();
    }

    @Test
    void announcesNoCancelledRun() {
        requested();

        deprovisioning.cancel(group, new Caller("portal"), run -> true);

        assertThat(latest().status()).isEqualTo(Status.CANCELLED);
        assertThat(outbox()).isEmpty();
    }

    @Test
    void skipsWhatItNeedNotTell() {
        onRead(with(), with(), noGroup(404));
        onDelete(status(204));

        var run = ended();

        assertThat(run.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(run.steps().of(Step.SYNC_DIRECTORY).state()).isEqualTo(Step.State.SKIPPED);
        assertThat(run.webhookSynced()).isNull();
        assertThat(outbox()).isEmpty();
    }

    @Test
    void announcesTheEndInTheTransactionThatRecordsIt() {
        jdbc.sql("ALTER TABLE webhook_delivery ADD CONSTRAINT full_table CHECK (group_id <> '" + group + "')")
                .update();
        try {
            onRead(noGroup(404));
            var run = requested();
            assertThatThrownBy(this::ended).isInstanceOf(DataAccessException.class);

            assertThat(history.latest(group).orElseThrow().id()).isEqualTo(run.id());
            assertThat(latest().isTerminal()).isFalse();
            assertThat(trail()).containsExactly("REQUEST SUCCESS");
        } finally {
            jdbc.sql("ALTER TABLE webhook_delivery DROP CONSTRAINT full_table").update();
        }
    }
}
