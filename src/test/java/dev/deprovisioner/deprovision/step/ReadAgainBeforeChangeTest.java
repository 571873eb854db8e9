package dev.deprovisioner.deprovision.step;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.run.StubbedProvider;
import dev.deprovisioner.problem.ProblemType;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Before every change: the read is recent, shows the group that was validated, and the validation itself is recent. */
class ReadAgainBeforeChangeTest extends StubbedProvider {

    @BeforeEach
    void deletable() {
        onPatch(status(204));
        onDelete(status(204));
    }

    private ResponseDefinitionBuilder group(String name, String externalId, String members) {
        return okJson("{\"id\":\"%s\",\"displayName\":\"%s\",\"externalId\":\"%s\",\"members\":[%s]}"
                .formatted(group, name, externalId, members));
    }

    @ParameterizedTest
    @ValueSource(strings = {"W/\"1a\"", "\"1a\"", ""})
    void aMemberWhoJoinsDuringAPauseIsValidated(String etag) {
        onRead(
                with().withHeader("ETag", etag),
                with("eve").withHeader("ETag", etag),
                with("eve").withHeader("ETag", etag),
                with().withHeader("ETag", etag),
                noGroup(404));
        onDelete(status(429).withHeader("Retry-After", "40"), status(204));
        assertThat(begun().status()).isEqualTo(Status.WAITING);
        var end = goneOn();
        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertThat(end.progress().membersChecked()).isEqualTo(1);
        assertThat(end.progress().membersRemoved()).isEqualTo(1);
    }

    @Test
    void anotherGroupUnderTheSameIdIsNotTouched() {
        onRead(group("Sales", "a", "{\"value\":\"ann\"}"), group("Sales", "b", "{\"value\":\"eve\"}"));
        onPatch(status(503));
        var end = ended();
        assertEnd(end, Status.FAILED, ProblemType.GROUP_CHANGED);
        assertThat(end.membersRemoved()).isNull();
        assertSent(2, 1, 0);
    }

    @Test
    void anotherDisplayNameIsValidatedAgain() {
        onRead(
                group("Sales", "a", "{\"value\":\"ann\"}"),
                group("Board", "a", "{\"value\":\"ann\"}"),
                group("Board", "a", "{\"value\":\"ann\"}"),
                group("Board", "a", ""),
                noGroup(404));
        onPatch(status(503), status(204));
        var end = ended();
        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertThat(end.progress().displayName()).isEqualTo("Board");
        assertThat(end.timeline().revalidations()).isEqualTo(1);
    }

    @Test
    void membersAreAskedAgainAfterALongWaitBeforeTheFirstChange() {
        onRead(with("ann"), with("ann"), with(), noGroup(404));
        onPatch(status(429).withHeader("Retry-After", "1800"), status(204));
        assertParked(begun(), Step.REMOVE_MEMBERS, ProblemType.UPSTREAM_UNAVAILABLE);
        assertThat(pause()).isEqualTo(Duration.ofMinutes(30));
        var end = goneOn();
        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertThat(end.timeline().revalidations()).isZero();
        assertThat(trail()).filteredOn("VALIDATE SUCCESS"::equals).hasSize(2);
    }
}
