package dev.deprovisioner.deprovision.step;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.Step.State;
import dev.deprovisioner.deprovision.run.StubbedProvider;
import dev.deprovisioner.problem.ProblemType;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The group is emptied once, and only a read makes that true. */
class RemoveMembersTest extends StubbedProvider {

    @BeforeEach
    void deletable() {
        onPatch(status(204));
        onDelete(status(204));
    }

    @Test
    void removesAllMembersWithTheOneDocumentedOperation() {
        onRead(with("ann", "bob"), with(), noGroup(404));

        var end = begun();

        assertThat(end.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(end.progress().membersRemoved()).isEqualTo(2);
        provider.verify(
                1,
                patchRequestedFor(urlEqualTo(path(group)))
                        .withHeader("Content-Type", equalTo("application/json"))
                        .withHeader("Accept", equalTo("application/scim+json, application/json;q=0.9, */*;q=0.1"))
                        .withHeader("If-Match", absent())
                        .withRequestBody(equalTo("{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],"
                                + "\"Operations\":[{\"op\":\"remove\",\"path\":\"members\"}]}")));
        assertSent(3, 1, 1);
        assertThat(trail())
                .containsExactly("REQUEST SUCCESS", "VALIDATE SUCCESS", "REMOVE_MEMBERS SUCCESS", "DELETE SUCCESS");
    }

    /** All would be removed, also those that the read does not show. */
    @Test
    void namesMembersWhereARoundMeetsAReadThatDoesNotShowAll() {
        var cut = okJson("{\"id\":\"%s\",\"displayName\":\"Sales\",\"members\":[{\"value\":\"ann\"}],\"memberCount\":2}"
                .formatted(group));
        onRead(with("ann", "bob"), cut, with(), noGroup(404));
        onPatch(status(409), status(204));

        var end = begun();

        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertThat(end.progress().membersRemoved()).isEqualTo(2);
        provider.verify(
                1,
                patchRequestedFor(urlEqualTo(path(group)))
                        .withRequestBody(containing("members[value eq \\\"ann\\\"]")));
        assertSent(4, 2, 1);
    }

    @Test
    void keepsWhatTheGroupWasBeforeAnythingIsChanged() {
        onRead(with("ann", "bob"));
        onPatch(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

        begun();

        var snapshot = jdbc.sql("SELECT content FROM group_snapshot WHERE deprovision_id = ?")
                .param(latest().id().value())
                .query((row, number) -> row.getString(1))
                .single();
        assertThat(snapshot).contains("ann", "bob", "Sales");
    }

    @Test
    void sendsNoPatchToAnEmptyGroup() {
        onRead(with(), noGroup(404));

        var end = begun();

        assertThat(end.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(end.progress().membersRemoved()).isZero();
        assertSent(2, 0, 1);
        assertThat(trail()).contains("REMOVE_MEMBERS SUCCESS", "DELETE SUCCESS");
    }

    @Test
    void carriesTheVersionThatWasRead() {
        onRead(with("ann").withHeader("ETag", "\"v1\""), with().withHeader("ETag", "\"v2\""), noGroup(404));

        begun();

        provider.verify(1, patchRequestedFor(urlEqualTo(path(group))).withHeader("If-Match", equalTo("\"v1\"")));
    }

    @Test
    void asksForMembersThatAreLeftOutBeforeTheGroupCountsAsEmpty() {
        var leftOut = okJson("{\"id\":\"%s\",\"displayName\":\"Sales\"}".formatted(group));
        onRead(leftOut, with("ann"), leftOut, leftOut, noGroup(404));

        var end = begun();

        assertThat(end.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(end.progress().membersTotal()).isEqualTo(1);
        provider.verify(2, getRequestedFor(urlEqualTo(path(group) + "?attributes=members")));
        assertSent(5, 1, 1);
    }

    @Test
    void doesNotAskForTheRoutingProfileOfANestedGroup() {
        onRead(okJson("""
                        {"id":"%s","members":[{"value":"ann","type":"User"},{"value":"team","type":"Group"}]}""".formatted(group)), with(), noGroup(404));

        var end = begun();

        assertThat(end.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(end.progress().membersRemoved()).isEqualTo(2);
        provider.verify(1, getRequestedFor(urlPathMatching(profile("[^/]+"))));
    }

    @Test
    void aGroupThatVanishesBeforeThePatchIsAlreadyAbsent() {
        onRead(with("ann"), noGroup(404));
        onPatch(status(404));
        assertParked(begun(), Step.REMOVE_MEMBERS, ProblemType.GROUP_NOT_FOUND);
        assertThat(pause()).isEqualTo(Duration.ofSeconds(2));

        var end = goneOn();

        assertThat(end.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(end.verdict().outcome()).isEqualTo(Outcome.ALREADY_ABSENT);
        assertThat(end.steps().of(Step.DELETE_GROUP).state()).isEqualTo(State.SKIPPED);
        assertSent(3, 1, 0);
        assertThat(trail()).containsExactly("REQUEST SUCCESS", "VALIDATE SUCCESS", "REMOVE_MEMBERS SUCCESS");
    }

    @Test
    void aPatchThatFindsNoGroupThoughThereIsOneProvesNothing() {
        onRead(with("ann"));
        onPatch(status(404));

        var waiting = begun();

        assertParked(waiting, Step.REMOVE_MEMBERS, ProblemType.UPSTREAM_INVALID_RESPONSE);
        assertThat(waiting.verdict().outcome()).isNull();
        assertSent(2, 1, 0);
    }

    @Test
    void aGroupThatVanishesAfterThePatchIsAlreadyAbsent() {
        onRead(with("ann"), noGroup(404));

        assertParked(begun(), Step.REMOVE_MEMBERS, ProblemType.GROUP_NOT_FOUND);
        assertThat(goneOn().verdict().outcome()).isEqualTo(Outcome.ALREADY_ABSENT);
        assertSent(3, 1, 0);
    }

    @Test
    void aMemberWhoJoinedIsValidatedFirst() {
        onRead(with("ann"), with("bob"));
        onProfile("bob", status(503));

        var waiting = begun();

        assertParked(waiting, Step.VALIDATE, ProblemType.UPSTREAM_UNAVAILABLE);
        assertThat(waiting.timeline().revalidations()).isEqualTo(1);
        assertThat(waiting.progress().membersRemoved()).isEqualTo(1);
        assertSent(3, 1, 0);
    }

    @Test
    void aGroupThatKeepsChangingIsGivenUp() {
        onRead(IntStream.range(0, 9)
                .mapToObj(i -> with("ann").withHeader("ETag", "\"" + i + "\""))
                .toArray(ResponseDefinitionBuilder[]::new));
        onPatch(status(412));
        var end = begun();
        assertEnd(end, Status.FAILED, ProblemType.GROUP_CHANGED);
        assertThat(end.timeline().revalidations()).isEqualTo(3);
        assertSent(8, 4, 0);
        assertThat(trail())
                .containsOnlyOnce("REMOVE_MEMBERS FAILED")
                .filteredOn("VALIDATE SUCCESS"::equals)
                .hasSize(4);
    }
}
