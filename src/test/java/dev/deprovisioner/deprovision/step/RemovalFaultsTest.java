package dev.deprovisioner.deprovision.step;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.notContaining;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.Step.State;
import dev.deprovisioner.deprovision.run.StubbedProvider;
import dev.deprovisioner.problem.ProblemType;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Only a read shows whether members are gone; the answer to the removal does not. */
class RemovalFaultsTest extends StubbedProvider {

    @BeforeEach
    void deletable() {
        onPatch(status(204));
        onDelete(status(204));
    }

    @Test
    void doesNotDeleteAGroupWhoseMembersStay() {
        onRead(with("ann", "bob"));
        onPatch(status(200));
        var before = time.instant();

        var end = ended();

        assertEnd(end, Status.FAILED, ProblemType.REMOVAL_NOT_EFFECTIVE);
        assertThat(end.steps().of(Step.REMOVE_MEMBERS).state()).isEqualTo(State.FAILED);
        assertThat(Duration.between(before, time.instant())).isEqualTo(Duration.ofSeconds(15 + 30));
        assertSent(11, 2, 0);
        assertThat(trail()).containsExactly("REQUEST SUCCESS", "VALIDATE SUCCESS", "REMOVE_MEMBERS FAILED");
    }

    @Test
    void countsNoMemberWhileTheReadsAreCut() {
        var cut = okJson("{\"id\":\"%s\",\"displayName\":\"Sales\",\"members\":[],\"count\":2}".formatted(group));
        onRead(with("ann", "bob"), cut);
        onPatch(status(200));

        var end = ended();

        assertEnd(end, Status.FAILED, ProblemType.REMOVAL_NOT_EFFECTIVE);
        assertThat(end.membersRemoved()).isNull();
        assertThat(end.verdict().problem())
                .isNotNull()
                .satisfies(problem -> assertThat(problem.detail()).startsWith("The provider does not show all"));
    }

    @Test
    void removesByNameWhatRemovingAllHasLeftBehind() {
        onRead(
                with("ann", "bob"),
                with("ann", "bob"),
                with("bob"),
                with("bob"),
                with("bob"),
                with("bob"),
                with(),
                noGroup(404));
        onPatch(status(200));

        var end = ended();

        assertThat(end.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(end.progress().membersRemoved()).isEqualTo(2);
        assertSent(8, 2, 1);
        provider.verify(
                1, patchRequestedFor(urlEqualTo(path(group))).withRequestBody(containing("\"path\":\"members\"")));
        provider.verify(
                1,
                patchRequestedFor(urlEqualTo(path(group)))
                        .withRequestBody(containing("members[value eq \\\"bob\\\"]"))
                        .withRequestBody(notContaining("ann")));
    }

    @Test
    void aRemovalMayTakeAWhile() {
        onRead(with("ann", "bob"), with("ann", "bob"), with("bob"), with(), noGroup(404));
        onPatch(status(202));

        var waiting = begun();
        assertParked(waiting, Step.REMOVE_MEMBERS, ProblemType.REMOVAL_NOT_EFFECTIVE);
        assertThat(pause()).isEqualTo(Duration.ofSeconds(1));
        goneOn();
        assertThat(pause()).isEqualTo(Duration.ofSeconds(2));

        assertThat(goneOn().status()).isEqualTo(Status.SUCCEEDED);
        assertSent(5, 1, 1);
    }

    @ParameterizedTest
    @MethodSource("unclear")
    void anUnclearAnswerIsSettledByARead(ResponseDefinitionBuilder answer) {
        onRead(with("ann"), with(), noGroup(404));
        onPatch(answer);

        assertThat(begun().status()).isEqualTo(Status.SUCCEEDED);

        assertSent(3, 1, 1);
    }

    @ParameterizedTest
    @MethodSource("unclear")
    void aPatchWithoutEffectIsSentAgainOnlyAfterReads(ResponseDefinitionBuilder answer) {
        onRead(with("ann"), with("ann"), with("ann"), with(), noGroup(404));
        onPatch(answer, status(204));

        assertThat(begun().status()).isEqualTo(Status.WAITING);
        assertThat(pause()).isBetween(Duration.ofMillis(2500), Duration.ofSeconds(5));
        assertSent(2, 1, 0);

        assertThat(goneOn().status()).isEqualTo(Status.SUCCEEDED);
        assertSent(5, 2, 1);
    }

    static Stream<ResponseDefinitionBuilder> unclear() {
        return Stream.of(
                status(500),
                status(503),
                status(408),
                status(302).withHeader("Location", "/elsewhere"),
                aResponse().withFault(Fault.EMPTY_RESPONSE),
                aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
                aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK));
    }

    @Test
    void sendsAPatchAgainNoSoonerThanItsFailureAsksFor() {
        onRead(with("ann"));
        onPatch(status(503).withHeader("Retry-After", "120"));

        begun();

        assertThat(pause()).isEqualTo(Duration.ofMinutes(2));
        assertSent(2, 1, 0);
    }

    @Test
    void withoutAReadableAnswerAfterThePatchNothingMoreIsSent() {
        onRead(with("ann"), status(503));
        onPatch(status(500));

        assertParked(begun(), Step.REMOVE_MEMBERS, ProblemType.UPSTREAM_UNAVAILABLE);

        assertSent(5, 1, 0);
    }

    @Test
    void aTruncatedReadBackIsNotAnEmptyGroup() {
        onRead(with("ann"), okJson("{\"id\":\"%s\",\"members\":[".formatted(group)));

        assertParked(begun(), Step.REMOVE_MEMBERS, ProblemType.UPSTREAM_INVALID_RESPONSE);

        assertSent(3, 1, 0);
    }

    @Test
    void nothingToRemoveIsSuccessWhenTheGroupIsEmpty() {
        onRead(with("ann"), with(), noGroup(404));
        onPatch(jsonResponse("{\"status\":\"400\",\"scimType\":\"noTarget\"}", 400));

        assertThat(begun().status()).isEqualTo(Status.SUCCEEDED);
        assertSent(3, 1, 1);
    }

    @Test
    void nothingToRemoveIsNoSuccessWhileMembersStay() {
        onRead(with("ann"));
        onPatch(jsonResponse("{\"status\":\"400\",\"scimType\":\"noTarget\"}", 400));

        assertEnd(ended(), Status.FAILED, ProblemType.REMOVAL_NOT_EFFECTIVE);
        assertSent(13, 2, 0);
    }

    @Test
    void aRemovalThatKeepsFailingIsSentLessAndLessOften() {
        onRead(with("ann"));
        onPatch(status(500));
        var began = time.instant();

        begun();
        while (Duration.between(began, time.instant()).toHours() < 1) {
            goneOn();
        }

        assertThat(latest().steps().of(Step.REMOVE_MEMBERS).sent().intents()).isBetween(10, 25);
        assertThat(trail()).containsExactly("REQUEST SUCCESS", "VALIDATE SUCCESS");
    }

    @Test
    void countsTheMembersWhoWereRemovedBeforeItGaveUp() {
        onRead(with("ann", "bob"), with("bob"));
        onPatch(status(204));

        var end = ended();

        assertEnd(end, Status.FAILED, ProblemType.REMOVAL_NOT_EFFECTIVE);
        assertThat(end.progress().membersRemoved()).isEqualTo(1);
    }
}
