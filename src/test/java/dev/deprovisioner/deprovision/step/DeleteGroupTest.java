package dev.deprovisioner.deprovision.step;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.Step.State;
import dev.deprovisioner.deprovision.run.StubbedProvider;
import dev.deprovisioner.problem.ProblemType;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The group is called deleted only when a read has shown that it is gone. */
class DeleteGroupTest extends StubbedProvider {

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204})
    void deletesTheGroupAndReadsThatItIsGone(int status) {
        onRead(with(), noGroup(404));
        onDelete(status(status));

        var end = begun();

        assertThat(end.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        provider.verify(
                1,
                deleteRequestedFor(urlEqualTo(path(group)))
                        .withHeader("Authorization", equalTo("Bearer t1"))
                        .withHeader("Content-Type", absent()));
        assertSent(2, 0, 1);
        assertThat(trail())
                .containsExactly("REQUEST SUCCESS", "VALIDATE SUCCESS", "REMOVE_MEMBERS SUCCESS", "DELETE SUCCESS");
    }

    @Test
    void carriesTheVersionThatWasRead() {
        onRead(with().withHeader("ETag", "W/\"7\""), noGroup(404));
        onDelete(status(204));

        begun();

        provider.verify(1, deleteRequestedFor(urlEqualTo(path(group))).withHeader("If-Match", equalTo("W/\"7\"")));
    }

    @ParameterizedTest
    @MethodSource
    void gone(ResponseDefinitionBuilder read) {
        onRead(with(), read);
        onDelete(status(204));

        assertThat(begun().verdict().outcome()).isEqualTo(Outcome.DELETED);
    }

    static Stream<ResponseDefinitionBuilder> gone() {
        return Stream.of(noGroup(404), noGroup(410));
    }

    @Test
    void aGroupInTheStateDeletedIsGone() {
        onRead(with(), okJson("{\"id\":\"%s\",\"state\":\"deleted\"}".formatted(group)));
        onDelete(status(204));

        assertThat(begun().verdict().outcome()).isEqualTo(Outcome.DELETED);
    }

    @Test
    void readsUntilTheGroupIsGone() {
        onRead(with(), with(), with(), with(), with(), noGroup(404));
        onDelete(status(202));

        assertParked(begun(), Step.DELETE_GROUP, ProblemType.DELETE_NOT_VERIFIED);
        for (int seconds : new int[] {1, 2, 4, 8}) {
            assertThat(latest().status()).isEqualTo(Status.WAITING);
            assertThat(pause()).isEqualTo(Duration.ofSeconds(seconds));
            goneOn();
        }

        assertThat(latest().verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertSent(6, 0, 1);
        assertThat(trail()).containsOnlyOnce("DELETE SUCCESS");
    }

    @Test
    void deletesAgainWhatWasSilentlyNotDeleted() {
        onRead(with(), with(), with(), with(), with(), with(), noGroup(404));
        onDelete(status(204));
        var before = time.instant();

        var end = ended();

        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertThat(Duration.between(before, time.instant())).isEqualTo(Duration.ofSeconds(15));
        assertSent(7, 0, 2);
    }

    @Test
    void anUnverifiedDeletionIsNotReportedAsDeleted() {
        onRead(with());
        onDelete(status(204));

        begun();
        time.step(Duration.ofHours(24));
        var end = goneOn();

        var problem = assertEnd(end, Status.FAILED, ProblemType.DELETE_NOT_VERIFIED);
        assertThat(problem.remedy()).isNotBlank();
        assertThat(end.verdict().outcome()).isNull();
        assertThat(trail()).endsWith("DELETE FAILED");
    }

    @Test
    void aNotFoundOnOurDeleteIsSettledByARead() {
        onRead(with(), noGroup(404));
        onDelete(status(404));

        var end = begun();

        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertSent(2, 0, 1);
    }

    @Test
    void aGroupThatAnotherClientDeletesMeanwhileIsAlreadyAbsent() {
        onRead(with("ann"), with("ann"), noGroup(404));
        onPatch(status(500));

        begun();
        assertParked(goneOn(), Step.REMOVE_MEMBERS, ProblemType.GROUP_NOT_FOUND);
        var end = goneOn();

        assertThat(end.verdict().outcome()).isEqualTo(Outcome.ALREADY_ABSENT);
        assertSent(4, 1, 0);
        assertThat(end.steps().of(Step.DELETE_GROUP).state()).isEqualTo(State.SKIPPED);
    }

    @Test
    void aMemberWhoJoinsBeforeAnotherDeleteSendsTheRunBack() {
        onRead(with(), with(), with("bob"), with("bob"));
        onDelete(status(500));
        onProfile("bob", status(503));

        begun();
        var waiting = goneOn();

        assertParked(waiting, Step.VALIDATE, ProblemType.UPSTREAM_UNAVAILABLE);
        assertThat(waiting.timeline().revalidations()).isEqualTo(1);
        assertSent(4, 0, 1);
    }
}
