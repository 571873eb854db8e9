package dev.deprovisioner.deprovision.step;

import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestPropertySource;

/** A provider that was never seen to list a member: what looks like an empty group may be full. */
@TestPropertySource(properties = "deprovisioner.upstream.client-id=lists-no-members")
class UnlistedMembersTest extends NeverListedMembers {

    private Problem assertNotVisible(Deprovision end, String words) {
        var problem = assertEnd(end, Status.BLOCKED, ProblemType.MEMBERS_NOT_VISIBLE);
        assertThat(problem.detail()).contains(words);
        assertThat(end.progress().membersListed()).isFalse();
        assertThat(end.progress().membersTotal()).isNull();
        provider.verify(0, patchRequestedFor(urlEqualTo(path(group))));
        provider.verify(0, deleteRequestedFor(urlEqualTo(path(group))));
        return problem;
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"members\":[]", "\"Members\":[]", "\"displayName\":\"Sales\"", "\"members\":null"})
    void isNotTakenForEmpty(String shown) {
        onRead(okJson("{\"id\":\"%s\",%s}".formatted(group, shown)));
        assertThat(assertNotVisible(ended(), "shows no members").remedy())
                .contains(
                        "GET /upstream?groupId= with a group that has a member",
                        "deprovisioner.policy.unlisted-members=allow");
    }

    @Test
    void namesTheQueryThatTheProviderRefuses() {
        onRead(okJson("{\"id\":\"%s\"}".formatted(group)));
        provider.stubFor(get(urlEqualTo(path(group) + "?attributes=members"))
                .atPriority(1)
                .willReturn(jsonResponse("{\"detail\":\"attributes not supported\"}", 400)));
        assertNotVisible(ended(), "attributes=members");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"totalResults\":150,\"itemsPerPage\":100",
                "\"memberCount\":\"150\"",
                "\"nextCursor\":\"abc\"",
                "\"members@odata.nextLink\":\"https://h/next\"",
                "\"members@odata.count\":3",
                "\"memberCount\":\"3 members\"",
                "\"urn:x:ext:2.0:Group\":{\"memberCount\":3}",
                "\"_links\":{\"next\":{\"href\":\"x\"}}",
                "\"hasMore\":true"
            })
    void isNotTakenForCompleteWhereTheAnswerSaysThatThereAreMore(String more) {
        onRead(okJson("{\"id\":\"%s\",%s,\"members\":[{\"value\":\"u1\"}]}".formatted(group, more)));
        assertNotVisible(ended(), "shows 1 ");
        assertSent(2, 0, 0);
    }

    @Test
    void isEmptyForCertainOnceAnotherGroupHasShownAMember() {
        onRead(with());
        assertNotVisible(ended(), "shows no members");
        provider.resetScenarios();
        onRead(with("ann"));
        onProfile("ann", status(404));
        assertEnd(ended(), Status.BLOCKED, ProblemType.DEPENDENCIES_FOUND);
        provider.resetScenarios();
        onRead(with(), noGroup(404));
        onDelete(status(204));
        assertThat(ended().verdict().outcome()).isEqualTo(Outcome.DELETED);
    }
}
