package dev.deprovisioner.deprovision;

import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.deprovisioner.deprovision.run.StubbedProvider;
import dev.deprovisioner.identifier.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * A dump of the database holds no id of a member once the snapshots are purged, after each end of a run and with any words
 * of the provider. Only the audit trail knows a run that is purged itself.
 */
class ForgottenMembersTest extends StubbedProvider {

    private static final Caller PORTAL = new Caller("portal");
    private static final String TRAIL = "AUDIT_ENTRY";
    private static final String WORDS = "Wilma Plover is locked";
    private static final String PERSON = "on behalf of Wilma";
    private static final String REASON = "Wilma leaves";

    private final String first = "a1" + UUID.randomUUID().toString().substring(2);
    private final String second = "b2" + UUID.randomUUID().toString().substring(2);

    @Autowired
    private SnapshotRetention details;

    @Autowired
    private RunRetention retention;

    @Autowired
    private Idempotency idempotency;

    @Autowired
    private StuckRunRelease lastResort;

    /** Names the members in its words and even in the code for programs. */
    private ResponseDefinitionBuilder naming(int status) {
        return jsonResponse("""
                {"status":"%d","code":"%s","detail":"%s: %s, %s"}""".formatted(status, first, WORDS, first, second), status);
    }

    private Deprovision begin() {
        var key = new IdempotencyKey(group.value());
        var order = new DeprovisionCommand(PORTAL, PERSON, REASON, null, false, key);
        return (Deprovision) deprovisioning.request(group, order, Runs.ANY_GROUP);
    }

    private Deprovision beginAndEnd() {
        advance(begin());
        return ended(latest());
    }

    @Test
    void afterASuccess() {
        onRead(with(first, second), with(), noGroup(404));
        onPatch(status(204));
        onDelete(status(204));

        assertThat(beginAndEnd().status()).isEqualTo(Status.SUCCEEDED);
        assertForgotten();
    }

    @Test
    void afterBlockers() {
        onRead(with(first, second));
        onProfile(first, noGroup(404));
        onProfile(second, naming(403));

        assertThat(beginAndEnd().verdict().blockers()).isEqualTo(2);
        assertForgotten();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 409, 422})
    void afterARefusedRemoval(int status) {
        onRead(with(first, second));
        onPatch(naming(status));

        assertThat(beginAndEnd().isTerminal()).isTrue();
        assertForgotten();
    }

    @Test
    void afterARefusedDeletion() {
        onRead(with(first, second), with());
        onPatch(status(204));
        onDelete(naming(409));

        assertThat(beginAndEnd().status()).isEqualTo(Status.FAILED);
        assertForgotten();
    }

    @Test
    void afterACancellationWhileItWaited() {
        onRead(naming(503));
        advance(begin());

        assertThat(deprovisioning.cancel(group, PORTAL, run -> true).verdict().problem())
                .isNotNull();
        assertForgotten();
    }

    @Test
    void afterAnEndByForceInTheMiddleOfARemoval() {
        onRead(with(first, second));
        onPatch(naming(503));
        advance(begin());
        assertThat(latest().status()).isEqualTo(Status.WAITING);
        time.step(Duration.ofHours(25));

        assertThat(lastResort.endIfOverdue(latest().id())).isTrue();
        assertForgotten();
    }

    private void assertForgotten() {
        assertThat(dump("DEPROVISION") + dump("DEPROVISION_BLOCKER") + dump("GROUP_SNAPSHOT"))
                .contains(first);
        assertThat(dump(TRAIL)).contains("wilma leaves").doesNotContain(first, second, "plover");

        time.step(Duration.ofDays(31));
        details.run();
        for (var table : tables()) {
            assertThat(dump(table)).as(table).doesNotContain(first, second, "plover");
            assertThat(dump(table).contains("wilma")).as(table).isEqualTo(table.equals(TRAIL));
        }

        time.step(Duration.ofDays(335));
        jdbc.sql("UPDATE webhook_delivery SET status = 'DELIVERED'").update();
        idempotency.purge();
        retention.run();
        assertThat(tables())
                .filteredOn(table -> dump(table).contains("\"" + group + "\""))
                .containsOnly(TRAIL);
        assertThat(trail()).endsWith("PURGE SUCCESS", "PURGE SUCCESS");
    }

    private List<String> tables() {
        return jdbc.sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'PUBLIC'")
                .query((row, number) -> row.getString(1))
                .list();
    }

    /** All values of all rows in lower case, each in quotation marks. */
    private String dump(String table) {
        var text = new StringBuilder();
        for (Map<String, Object> row :
                jdbc.sql("SELECT * FROM \"%s\"".formatted(table)).query().listOfRows()) {
            row.values().forEach(value -> text.append('"').append(value).append('"'));
        }
        return text.toString().toLowerCase(Locale.ROOT);
    }
}
