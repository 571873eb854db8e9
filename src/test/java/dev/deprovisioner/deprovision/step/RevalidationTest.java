package dev.deprovisioner.deprovision.step;

import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.run.StubbedProvider;
import dev.deprovisioner.problem.ProblemType;
import org.junit.jupiter.api.Test;

/** Members who join a group while it is being removed are treated as if they had always been there. */
class RevalidationTest extends StubbedProvider {

    private static final String EMPTY = "empty";
    private static final String REFILLED = "refilled";

    /** Scripts one request to the group, so that a member can join between two steps. */
    private void in(String state, MappingBuilder request, ResponseDefinitionBuilder answer, String then) {
        provider.stubFor(request.inScenario("group")
                .whenScenarioStateIs(state)
                .willReturn(answer)
                .willSetStateTo(then));
    }

    private MappingBuilder read() {
        return get(urlPathEqualTo(path(group)));
    }

    private MappingBuilder removal() {
        return patch(urlEqualTo(path(group)));
    }

    private MappingBuilder deletion() {
        return delete(urlEqualTo(path(group)));
    }

    private void refilledGroup() {
        in(REFILLED, read(), with("bob"), REFILLED);
        in(REFILLED, removal(), status(204), "emptied again");
        in("emptied again", read(), with(), "emptied again");
        in("emptied again", deletion(), status(204), "gone");
        in("gone", read(), noGroup(404), "gone");
    }

    @Test
    void aMemberWhoJoinsDuringTheRemovalIsRemovedToo() {
        in(STARTED, read(), with("ann"), STARTED);
        in(STARTED, removal(), status(204), REFILLED);
        refilledGroup();

        assertDeletedAfterTwoRemovals(ended());
        assertSent(5, 2, 1);
    }

    @Test
    void aMemberWhoJoinsBeforeTheDeletionIsRemovedToo() {
        in(STARTED, read(), with("ann"), STARTED);
        in(STARTED, removal(), status(204), EMPTY);
        in(EMPTY, read(), with(), EMPTY);
        in(EMPTY, deletion(), status(500), REFILLED);
        refilledGroup();

        assertDeletedAfterTwoRemovals(ended());
    }

    private void assertDeletedAfterTwoRemovals(Deprovision end) {
        assertThat(end.verdict().problem()).isNull();
        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertThat(end.progress().membersRemoved()).isEqualTo(2);
        assertThat(end.progress().membersTotal()).isEqualTo(2);
        assertThat(end.steps().of(Step.REMOVE_MEMBERS).sent().intents()).isEqualTo(2);
    }

    @Test
    void aBlockerThatJoinsAfterTheRemovalFailsTheRunAndSaysWhatWasDone() {
        onRead(with("ann"), with("bob"));
        onPatch(status(204));
        onProfile("bob", status(404));

        var end = ended();

        assertEnd(end, Status.FAILED, ProblemType.DEPENDENCIES_FOUND);
        assertThat(end.progress().membersRemoved()).isEqualTo(1);
        assertThat(trail()).endsWith("VALIDATE FAILED");
        assertSent(3, 1, 0);
    }

    @Test
    void countsWhoWasRemovedWhenItGivesUp() {
        onRead(with("m1"), with("m2"), with("m2"), with("m3"), with("m3"), with("m4"), with("m4"), with("m5"));
        onPatch(status(204));

        var end = ended();

        assertThat(end.status()).isEqualTo(Status.FAILED);
        assertThat(end.progress().membersRemoved()).isEqualTo(4);
    }

    @Test
    void aGroupThatIsGoneAfterOurDeleteWasDeletedByUs() {
        onRead(with("ann"), with(), with(), with("bob"), with("bob"), noGroup(404));
        onPatch(status(204), status(404));
        onDelete(status(503));

        assertThat(ended().verdict().outcome()).isEqualTo(Outcome.DELETED);
    }
}
