package dev.deprovisioner.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.testbed.Answer;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service with the preset for Microsoft Entra ID. */
@ActiveProfiles("entra")
class EntraTest extends PresetTest {

    private static final Answer GATEWAY_TIMEOUT = Answer.error(504, "The gateway did not receive a response in time.");

    @DynamicPropertySource
    static void address(DynamicPropertyRegistry settings) {
        settings.add("deprovisioner.upstream.base-url", () -> server.uri() + Providers.ENTRA_BASE);
        settings.add("deprovisioner.upstream.token-uri", () -> server.uri() + Providers.ENTRA_TOKEN);
    }

    @Override
    StandIn standIn() {
        return Providers.entra(time::instant);
    }

    static Stream<Arguments> documentedRequests() {
        return RequestTable.of("entra");
    }

    @ParameterizedTest
    @MethodSource("documentedRequests")
    void takesTheFewestRequests(int members, int requests) {
        assertThat(requestsFor(members)).as("%s", sent()).isEqualTo(requests);
    }

    @Test
    void goesOnAfterTimeoutsOfTheGateway() {
        createGroup(3);
        fail(request -> !request.is("GET"), 2, GATEWAY_TIMEOUT);

        assertDeleted(ended());

        assertThat(provider().directory().removedFrom(group.value())).isEqualTo(3);
    }

    @Test
    void countsWhatWasDoneThoughTheGatewayTimedOut() {
        createGroup(3);
        loseAnswers(request -> !request.is("GET"), 4, GATEWAY_TIMEOUT);

        var end = ended();

        assertDeleted(end);
        assertThat(end.membersRemoved()).isEqualTo(3);
        assertThat(Collections.frequency(sent(), "PATCH Groups")).isEqualTo(3);
        assertThat(Collections.frequency(sent(), "DELETE Groups")).isOne();
    }

    @Test
    void waitsWithoutAChangeWhileTheSecondPageFails() {
        createGroup(120);
        fail(request -> request.number("startIndex", 1) > 1, Integer.MAX_VALUE, GATEWAY_TIMEOUT);

        assertParked(begun(), Step.VALIDATE, ProblemType.UPSTREAM_UNAVAILABLE);
        assertParked(goneOn(), Step.VALIDATE, ProblemType.UPSTREAM_UNAVAILABLE);

        assertKept(120);
        assertThat(sent()).containsOnly("GET Groups", "GET Users");
    }

    @Test
    void namesAMemberAgainWhoWasLeftOut() {
        createGroup(3);
        provider().groups().forgetOnce("u2");

        assertDeleted(ended());

        assertThat(provider().directory().removedFrom(group.value())).isEqualTo(3);
    }

    @Test
    void takesAnIdWithAQuoteAsItIs() {
        group = new GroupId(group + "\"b");

        assertThat(requestsFor(3)).isEqualTo(9);
    }

    @Test
    void isCheckedWithItsUsersFilter() {
        createGroup(3);

        assertThat(checked()).contains("features-shown", "members-listed", "version-not-shown", "absence-recognised");
    }

    @Test
    void isCheckedWithoutThePermissionToSearchForUsers() {
        createGroup(3);
        fail(request -> request.path().contains("Users"), 1, Answer.error(403, "Not allowed."));

        assertThat(checked()).contains("permission-missing FAILED deprovisioner.upstream.scopes");
    }

    @Test
    void isCheckedOnceWhileTheGatewayTimesOut() {
        createGroup(3);
        fail(request -> true, Integer.MAX_VALUE, GATEWAY_TIMEOUT);

        assertThat(checked())
                .containsExactly(
                        "token-obtained",
                        "provider-unavailable WARNING deprovisioner.upstream.base-url",
                        "provider-unavailable FAILED deprovisioner.upstream.base-url");
        assertThat(sent()).hasSize(2);
    }
}
