package dev.deprovisioner.deprovision.step;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.run.StubbedProvider;
import dev.deprovisioner.problem.ProblemType;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** After a committed intent to delete the group, no answer to a read is final but evidence. */
class PatienceAfterDeleteTest extends StubbedProvider {

    @BeforeEach
    void deletable() {
        onPatch(status(204));
        onDelete(status(204));
    }

    static Stream<ResponseDefinitionBuilder> waitsForEvidence() {
        return Stream.of(
                status(400),
                status(401),
                status(403),
                status(405),
                status(406),
                status(422),
                status(501),
                aResponse().withBody("<html></html>"));
    }

    @ParameterizedTest
    @MethodSource
    void waitsForEvidence(ResponseDefinitionBuilder unclear) {
        onRead(with(), unclear, unclear, unclear, unclear, unclear, noGroup(404));
        var end = ended();
        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertThat(trail()).containsOnlyOnce("DELETE SUCCESS").doesNotContain("DELETE FAILED");
    }

    @Test
    void endsAtTheDeadlineWithoutEvidence() {
        onRead(with(), status(403));
        begun();
        time.step(Duration.ofHours(24));
        assertEnd(goneOn(), Status.FAILED, ProblemType.DELETE_NOT_VERIFIED);
    }

    @Test
    void aRefusedDeletionEndsTheRunAsItHadNoEffect() {
        onRead(with());
        onDelete(status(403));
        assertEnd(begun(), Status.FAILED, ProblemType.UPSTREAM_FORBIDDEN);
    }

    @Test
    void aLaterRunFinishesWhatAFailedOneLeftOpen() {
        onRead(with(), status(403));
        begun();
        time.step(Duration.ofHours(24));
        goneOn();
        provider.resetScenarios();
        onRead(noGroup(404));
        assertParked(begun(), Step.VALIDATE, ProblemType.GROUP_NOT_FOUND);
        assertThat(pause()).isEqualTo(Duration.ofSeconds(2));
        var end = goneOn();
        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertThat(end.webhookSynced()).isFalse();
    }

    @Test
    void aLaterRunClaimsNoDeletionOnceAReadHasShownTheGroup() {
        onRead(with(), status(403));
        begun();
        time.step(Duration.ofHours(24));
        goneOn();
        provider.resetScenarios();
        onRead(with("ann"));
        onProfile("ann", status(404));
        assertEnd(ended(), Status.BLOCKED, ProblemType.DEPENDENCIES_FOUND);
        provider.resetScenarios();
        onRead(noGroup(404));
        assertEnd(ended(), Status.BLOCKED, ProblemType.GROUP_NOT_FOUND);
    }
}
