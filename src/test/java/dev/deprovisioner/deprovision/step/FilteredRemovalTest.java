package dev.deprovisioner.deprovision.step;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.matching.StringValuePattern;
import dev.deprovisioner.deprovision.Progress;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.run.StubbedProvider;
import dev.deprovisioner.problem.ProblemType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Members are removed by name, a few in each request. */
@TestPropertySource(
        properties = {"deprovisioner.scim.member-removal=FILTERED", "deprovisioner.scim.removal-batch-size=2"})
class FilteredRemovalTest extends StubbedProvider {

    @BeforeEach
    void deletable() {
        onPatch(status(204));
        onDelete(status(204));
    }

    private static ResponseDefinitionBuilder versioned(ResponseDefinitionBuilder answer, String etag) {
        return answer.withHeader("ETag", etag);
    }

    private void assertRemoved(String first, String second, StringValuePattern ifMatch) {
        provider.verify(
                1,
                patchRequestedFor(urlEqualTo(path(group)))
                        .withHeader("If-Match", ifMatch)
                        .withRequestBody(containing("members[value eq \\\"" + first + "\\\"]"))
                        .withRequestBody(containing("members[value eq \\\"" + second + "\\\"]")));
    }

    @Test
    void namesEachMemberOnceAndReadsBackOnce() {
        onRead(with("d", "b", "a", "c"), with(), noGroup(404));

        var end = begun();

        assertThat(end.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(end.progress().membersRemoved()).isEqualTo(4);
        assertSent(3, 2, 1);
        assertRemoved("a", "b", absent());
        assertRemoved("c", "d", absent());
    }

    @Test
    void carriesTheVersionThatEachAnswerNames() {
        onRead(versioned(with("a", "b", "c", "d"), "\"v1\""), with(), noGroup(404));
        onPatch(versioned(status(204), "\"v2\""), versioned(status(204), "\"v3\""));

        assertThat(begun().status()).isEqualTo(Status.SUCCEEDED);

        assertSent(3, 2, 1);
        assertRemoved("a", "b", equalTo("\"v1\""));
        assertRemoved("c", "d", equalTo("\"v2\""));
    }

    @Test
    void needsNoReadWhereAnAnswerNamesNoVersion() {
        onRead(versioned(with("a", "b", "c", "d"), "\"v1\""), versioned(with(), "\"v3\""), noGroup(404));
        assertThat(begun().status()).isEqualTo(Status.SUCCEEDED);
        assertSent(3, 2, 1);
        assertRemoved("a", "b", equalTo("\"v1\""));
        assertRemoved("c", "d", absent());
    }

    @Test
    void goesOnWhereItStoppedAndShowsHowFarItCame() {
        onRead(with("a", "b", "c", "d"), with("c", "d"), with("c", "d"), with(), noGroup(404));
        onPatch(status(204), status(500), status(204));

        var waiting = begun();

        assertParked(waiting, Step.REMOVE_MEMBERS, ProblemType.UPSTREAM_UNAVAILABLE);
        assertThat(waiting.current().sent().removed().confirmed()).isEqualTo(2);
        var end = goneOn();
        assertThat(end.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(end.progress().membersRemoved()).isEqualTo(4);
        assertSent(5, 3, 1);
    }

    @Test
    void goesOnAtOnceWhereALostAnswerHadItsEffect() {
        onRead(with("a", "b", "c", "d"), with("c", "d"), with(), noGroup(404));
        onPatch(status(500), status(204));

        assertThat(begun().status()).isEqualTo(Status.SUCCEEDED);

        assertSent(4, 2, 1);
    }

    @Test
    void laysOutBatchesAgainWhereAMemberHasLeftMeanwhile() {
        onRead(with("a", "b", "c"), with("b", "c"), with(), noGroup(404));
        onPatch(jsonResponse("{\"status\":\"400\",\"scimType\":\"noTarget\"}", 400), status(204));

        assertThat(begun().status()).isEqualTo(Status.SUCCEEDED);

        assertSent(4, 2, 1);
        assertRemoved("b", "c", absent());
    }

    @Test
    void validatesAgainWhenAMemberJoinsBetweenBatches() {
        onRead(
                versioned(with("a", "b", "c"), "\"v1\""),
                versioned(with("c", "eve"), "\"v2\""),
                versioned(with("c", "eve"), "\"v2\""),
                versioned(with(), "\"v3\""),
                noGroup(404));

        var end = begun();

        assertThat(end.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(end.progress()).isEqualTo(new Progress(null, "Sales", true, 4, 2, 4, "group", List.of()));
        assertRemoved("c", "eve", equalTo("\"v2\""));
    }

    @Test
    void saysWhatHadBeenDoneWhereThePermissionIsTakenAway() {
        onRead(with("a", "b", "c", "d"));
        onPatch(status(204), status(403));

        var end = begun();

        assertEnd(end, Status.FAILED, ProblemType.UPSTREAM_FORBIDDEN);
        assertThat(end.progress().membersRemoved()).isEqualTo(2);
    }

    @Test
    void givesUpOnMembersWhoStayThoughTheirRemovalIsAcceptedTwice() {
        onRead(with("a", "b", "c"), with("c"));

        var end = ended();

        assertEnd(end, Status.FAILED, ProblemType.REMOVAL_NOT_EFFECTIVE);
        assertThat(end.progress().membersRemoved()).isEqualTo(2);
        assertSent(11, 3, 0);
    }

    /** A provider may drop one of several names silently. */
    @Test
    void namesOnceMoreWhoWasLeftBehind() {
        onRead(with("a", "b"), with("b"), with("b"), with("b"), with("b"), with("b"), with(), noGroup(404));
        var end = ended();
        assertThat(end.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(end.progress().membersRemoved()).isEqualTo(2);
        assertSent(8, 2, 1);
    }

    @Test
    void sendsNothingUnderALeaseThatMayEndBeforeTheRequest() {
        onRead(with("a"), with("a"), with(), noGroup(404));
        lease = () -> Duration.ofSeconds(9);

        var waiting = begun();

        assertThat(waiting.status()).isEqualTo(Status.WAITING);
        assertThat(waiting.steps().intents()).isZero();
        assertSent(1, 0, 0);
        lease = () -> Duration.ofSeconds(20);
        assertThat(goneOn().status()).isEqualTo(Status.SUCCEEDED);
    }

    /** It cannot remove a member who joins while the group is read. */
    @Test
    void isDecidedOnAReadOfMoreThanFifteenSeconds() {
        var withoutMembers = okJson("{\"id\":\"%s\",\"displayName\":\"Sales\"}".formatted(group));
        var wait = status(429).withHeader("Retry-After", "16");
        onRead(withoutMembers, wait, with("ann"), withoutMembers, wait, with("ann"), with(), noGroup(404));

        assertThat(begun().status()).isEqualTo(Status.SUCCEEDED);

        assertSent(8, 1, 1);
    }
}
