package dev.deprovisioner.deprovision.step;

import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.run.StubbedProvider;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.problem.ProblemType;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A process with other settings goes on with a run: what the run has read is about another provider. */
class OtherProviderTest extends StubbedProvider {

    /** As if the run had read the group under other settings of this kind. */
    private void readElsewhere(DeprovisionId run, String kind) {
        var content = content(run);
        var elsewhere = content.replaceAll("(\"%s\":\")[0-9a-f]{64}".formatted(kind), "$1elsewhere");
        assertThat(elsewhere).isNotEqualTo(content);
        readAs(run, elsewhere);
    }

    private String content(DeprovisionId run) {
        return jdbc.sql("SELECT content FROM group_snapshot WHERE deprovision_id = :run")
                .param("run", run.value())
                .query(String.class)
                .single();
    }

    private void readAs(DeprovisionId run, String content) {
        jdbc.sql("UPDATE group_snapshot SET content = :content WHERE deprovision_id = :run")
                .param("content", content)
                .param("run", run.value())
                .update();
    }

    private void nowOnRead(ResponseDefinitionBuilder answer) {
        provider.resetScenarios();
        onRead(answer);
    }

    private Deprovision waitingAfterDeletion() {
        onRead(with("ann"), with(), with());
        onPatch(status(204));
        onDelete(status(503));
        var waiting = begun();
        assertParked(waiting, Step.DELETE_GROUP, ProblemType.UPSTREAM_UNAVAILABLE);
        return waiting;
    }

    @Test
    void anAbsenceElsewhereIsNoDeletion() {
        var waiting = waitingAfterDeletion();
        readElsewhere(waiting.id(), "provider");
        nowOnRead(noGroup(404));
        provider.resetRequests();

        var later = goneOn();

        assertParked(later, Step.DELETE_GROUP, ProblemType.UPSTREAM_UNAVAILABLE);
        assertThat(Objects.requireNonNull(later.verdict().problem()).detail())
                .contains("at another provider or as another client");
        assertAsked(0);
    }

    @Test
    void goesOnUnderTheSettingsOfBefore() {
        var waiting = waitingAfterDeletion();
        var content = content(waiting.id());
        readElsewhere(waiting.id(), "provider");
        goneOn();
        readAs(waiting.id(), content);
        nowOnRead(noGroup(404));

        assertThat(ended(latest()).verdict().outcome()).isEqualTo(Outcome.DELETED);
    }

    @Test
    void changesNoGroupElsewhereThatHasTheSameId() {
        onRead(with("ann"));
        onPatch(status(503));
        var waiting = begun();
        assertParked(waiting, Step.REMOVE_MEMBERS, ProblemType.UPSTREAM_UNAVAILABLE);
        readElsewhere(waiting.id(), "provider");
        provider.resetRequests();

        assertParked(goneOn(), Step.REMOVE_MEMBERS, ProblemType.UPSTREAM_UNAVAILABLE);

        assertAsked(0);
    }

    @Test
    void aDeletionElsewhereSaysNothingToALaterRun() {
        waitingAfterDeletion();
        time.step(Duration.ofDays(2));
        var failed = ended(goneOn());
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        readElsewhere(failed.id(), "provider");
        nowOnRead(noGroup(404));

        assertEnd(ended(), Status.BLOCKED, ProblemType.GROUP_NOT_FOUND);
    }
}
