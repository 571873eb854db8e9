package dev.deprovisioner.deprovision.run;

import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.DeprovisionCommand;
import dev.deprovisioner.deprovision.Run;
import dev.deprovisioner.deprovision.RunFilter;
import dev.deprovisioner.deprovision.Runs;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.ProblemType;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Ids that differ only in case: the id in the provider's answer says whether they name the same group. */
class SpellingTest extends StubbedProvider {

    private static final Caller PORTAL = new Caller("portal");
    /** As the provider writes the id of the group. */
    private final GroupId upper = new GroupId(group.value().toUpperCase(Locale.ROOT));

    private static ResponseDefinitionBuilder shown(GroupId id, String members) {
        return okJson("{\"id\":\"%s\",\"displayName\":\"Sales\",\"members\":[%s]}".formatted(id, members));
    }

    private static DeprovisionCommand order(boolean again) {
        return new DeprovisionCommand(PORTAL, null, null, null, again, null);
    }

    private Deprovision request(GroupId id) {
        return (Deprovision) deprovisioning.request(id, order(false), Runs.ANY_GROUP);
    }

    private Deprovision find(GroupId id) {
        return (Deprovision) history.latest(id).orElseThrow();
    }

    private List<Run> runsOf(GroupId id) {
        return history.page(RunFilter.of(id), null, 10, run -> true).items();
    }

    /** Answers reads of both spellings as of one group. */
    private void ignoresCase() {
        onRead(shown(upper, "{\"value\":\"ann\"}"));
        inTurn("read back", () -> get(urlPathEqualTo(path(upper))), shown(upper, ""), noGroup(404));
        provider.stubFor(patch(urlEqualTo(path(upper))).willReturn(status(204)));
        provider.stubFor(delete(urlEqualTo(path(upper))).willReturn(status(204)));
    }

    @Test
    void requestsAfterTheFirstReadAndTheReceiverGetTheProvidersSpelling() {
        ignoresCase();

        var end = ended(begun());

        assertThat(end.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(end.groupId()).isEqualTo(group);
        assertThat(end.providerGroupId()).isEqualTo(upper);
        provider.verify(1, getRequestedFor(urlPathEqualTo(path(group))));
        provider.verify(1, patchRequestedFor(urlEqualTo(path(upper))));
        provider.verify(1, deleteRequestedFor(urlEqualTo(path(upper))));
        assertThat(jdbc.sql("SELECT body FROM webhook_delivery WHERE group_id = :id")
                        .param("id", upper.value())
                        .query(String.class)
                        .single())
                .contains("\"group_id\":\"" + upper + "\"");
    }

    @Test
    void theRunIsFoundByEitherSpelling() {
        ignoresCase();
        var end = ended(begun());

        assertThat(find(upper)).isEqualTo(end);
        assertThat(request(upper)).isEqualTo(end);
        assertThat(request(group)).isEqualTo(end);
        assertThat(runsOf(upper)).containsExactly(end);
        assertThat(history.find(upper, end.id())).contains(end);
        assertThat(history.find(group, end.id())).contains(end);
    }

    @Test
    void aLaterRunByEitherSpellingIsFoundByBoth() {
        ignoresCase();
        var first = ended(begun());
        var second = (Deprovision) deprovisioning.request(upper, order(true), Runs.ANY_GROUP);

        assertThat(find(group)).isEqualTo(second);
        assertThat(runsOf(group)).containsExactly(second, first);
        assertThat(request(group)).isEqualTo(second);
        deprovisioning.cancel(group, PORTAL, run -> true);

        var third = request(group);
        assertThat(find(upper)).isEqualTo(third);
        assertThat(runsOf(upper)).extracting(Run::id).startsWith(third.id(), second.id());
        assertThat(history.find(upper, third.id())).contains(third);
        deprovisioning.cancel(upper, PORTAL, run -> true);
    }

    @Test
    void eachRunAsksFirstForTheIdThatItsCallerWrote() {
        ignoresCase();
        ended(begun());
        provider.resetRequests();
        onRead(shown(upper, ""));

        var again = (Deprovision) deprovisioning.request(group, order(true), Runs.ANY_GROUP);
        advance(again);

        provider.verify(1, getRequestedFor(urlPathEqualTo(path(group))));
    }

    @Test
    void theSecondOfTwoRunsOfOneGroupIsBlockedAndNamesTheFirst() {
        ignoresCase();
        var first = request(upper);
        var second = request(group);
        assertThat(second.id()).isNotEqualTo(first.id());

        advance(second);

        var end = (Deprovision) history.find(group, second.id()).orElseThrow();
        var problem = assertEnd(end, Status.BLOCKED, ProblemType.DUPLICATE_RUN);
        assertThat(problem.detail()).contains(first.id().toString(), upper.value());
        assertThat(find(group)).isEqualTo(first);
        assertThat(request(group)).isEqualTo(first);
        assertThat(trail()).containsExactly("REQUEST SUCCESS", "VALIDATE BLOCKED");
        deprovisioning.cancel(upper, PORTAL, run -> true);
        // The newer one says nothing of the group.
        assertThat(find(group).id()).isEqualTo(first.id());
        assertThat(find(upper).id()).isEqualTo(first.id());
        assertThat(runsOf(group)).hasSize(2);
    }

    @Test
    void aRunThatIsReadFirstHoldsTheGroup() {
        ignoresCase();
        onRead(shown(upper, "{\"value\":\"ann\"}"));
        onProfile("ann", status(503));
        var first = begun();
        assertThat(first.status()).isEqualTo(Status.WAITING);

        assertThat(request(upper).id()).isEqualTo(first.id());
        assertThat(request(group).id()).isEqualTo(first.id());
        deprovisioning.cancel(upper, PORTAL, run -> true);
        assertThat(latest().status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void twoGroupsOfAProviderThatDistinguishesCaseHaveTheirOwnRuns() {
        onRead(shown(group, "{\"value\":\"ann\"}"));
        provider.stubFor(get(urlPathEqualTo(path(upper))).willReturn(shown(upper, "{\"value\":\"bob\"}")));
        onProfile("ann", status(503));
        onProfile("bob", status(503));

        var lower = begun();
        var other = request(upper);
        advance(other);

        assertThat(find(group)).isEqualTo(lower);
        assertThat(find(upper).id()).isEqualTo(other.id());
        assertThat(find(upper).status()).isEqualTo(Status.WAITING);
        assertThat(runsOf(group)).containsExactly(lower);
        assertThat(history.find(group, other.id())).isEmpty();
        deprovisioning.cancel(group, PORTAL, run -> true);
        deprovisioning.cancel(upper, PORTAL, run -> true);
    }
}
