package dev.deprovisioner.deprovision.step;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.Step.State;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.ProblemType;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.json.JsonMapper;

/** A provider whose groups always look empty, and that finds members in a search for users. */
@TestPropertySource(
        properties = {
            "deprovisioner.upstream.client-id=searches-users",
            "deprovisioner.scim.member-removal=filtered",
            "deprovisioner.scim.members-source=users-filter",
            "deprovisioner.scim.users-path=/scim/Users",
            "deprovisioner.policy.max-members=150"
        })
class UsersFilterRunTest extends NeverListedMembers {

    private void onSearch(ResponseDefinitionBuilder... answers) {
        inTurn(
                "search",
                () -> get(urlPathEqualTo("/scim/Users"))
                        .withQueryParam("filter", equalTo("groups.value eq \"" + group + "\"")),
                answers);
    }

    private static ResponseDefinitionBuilder users(String attributes, String... ids) {
        var list = Arrays.stream(ids).map("{\"id\":\"%s\"}"::formatted).collect(Collectors.joining(","));
        return okJson("{%s,\"Resources\":[%s]}".formatted(attributes, list));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\"b", "a b", "a+b", "urn:a:b", "größe-日本-😀", "a&b=c", "{a}", "(a,b)", "a'b$!*@~", "a[0]|^`"})
    void idsTravelAsOneEncodedSegmentAndAreEscapedInFilters(String id) {
        var json = JsonMapper.shared().writeValueAsString(id);
        var member = id + "\\/%2F?#";
        provider.stubFor(get(urlPathMatching("/api/v2/scim/groups/[^/]+"))
                .willReturn(okJson("{\"id\":%s,\"displayName\":\"Odd\",\"members\":[]}".formatted(json))));
        inTurn(
                "odd search",
                () -> get(urlPathEqualTo("/scim/Users")).withQueryParam("filter", equalTo("groups.value eq " + json)),
                okJson("{\"totalResults\":1,\"Resources\":[{\"id\":%s}]}"
                        .formatted(JsonMapper.shared().writeValueAsString(member))),
                okJson("{\"totalResults\":0}"));
        provider.stubFor(patch(anyUrl()).willReturn(status(204)));
        provider.stubFor(delete(anyUrl()).willReturn(status(204)));

        advance(requested(new GroupId(id)));

        var sent = provider.getAllServeEvents().stream()
                .map(ServeEvent::getRequest)
                .toList();
        assertThat(sent)
                .filteredOn(request -> request.getUrl().startsWith("/api/v2/scim/groups/"))
                .extracting(request -> request.getMethod() + " " + request.getUrl())
                .contains(
                        "GET /api/v2/scim/groups/" + UriUtils.encode(id, UTF_8),
                        "PATCH /api/v2/scim/groups/" + UriUtils.encode(id, UTF_8),
                        "DELETE /api/v2/scim/groups/" + UriUtils.encode(id, UTF_8))
                .hasSize(5);
        assertThat(sent)
                .filteredOn(request -> request.getMethod().equals(RequestMethod.PATCH))
                .singleElement()
                .satisfies(request -> assertThat(JsonMapper.shared()
                                .readTree(request.getBodyAsString())
                                .at("/Operations/0/path")
                                .asString())
                        .isEqualTo("members[value eq " + JsonMapper.shared().writeValueAsString(member) + "]"));
        assertThat(sent)
                .extracting(request -> request.getUrl())
                .contains("/api/v2/users/" + UriUtils.encode(member, UTF_8) + "/routing/profile");
    }

    private static String[] ids(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(n -> "u" + n).toArray(String[]::new);
    }

    @Test
    void membersAreFoundRemovedAndSearchedForAgain() {
        onRead(with(), with(), noGroup(404));
        onSearch(
                users("\"itemsPerPage\":100,\"nextCursor\":\"c\"", ids(1, 100)),
                users("\"itemsPerPage\":20", ids(101, 120)),
                users("\"itemsPerPage\":0"));

        var end = ended();

        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertThat(end.progress().membersSource()).isEqualTo("users-filter");
        assertThat(end.progress().membersListed()).isTrue();
        assertThat(end.progress().membersTotal()).isEqualTo(120);
        assertThat(end.membersRemoved()).isEqualTo(120);
        assertSent(3, 2, 1);
        provider.verify(3, getRequestedFor(urlPathEqualTo("/scim/Users")));
        assertThat(jdbc.sql("SELECT needs FROM deprovision WHERE id = ?")
                        .param(end.id().value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void aRemovalThatDropsANameIsNotTakenForDone() {
        onRead(with());
        onSearch(users("\"totalResults\":2", "ann", "bob"), users("\"totalResults\":1", "bob"));

        assertEnd(ended(), Status.FAILED, ProblemType.REMOVAL_NOT_EFFECTIVE);
    }

    @Test
    void aPageThatFailsIsWaitedForAndOneThatIsRefusedBlocks() {
        onRead(with());
        onSearch(users("\"itemsPerPage\":1,\"nextCursor\":\"c\"", "ann"), status(500));
        assertParked(begun(), Step.VALIDATE, ProblemType.UPSTREAM_UNAVAILABLE);

        provider.resetScenarios();
        onSearch(
                users("\"itemsPerPage\":1,\"nextCursor\":\"c\"", "ann"),
                jsonResponse("{\"scimType\":\"expiredCursor\"}", 400),
                users("\"itemsPerPage\":1,\"nextCursor\":\"c\"", "ann"),
                jsonResponse("{\"scimType\":\"expiredCursor\"}", 400));
        var end = ended(goneOn());
        assertThat(assertEnd(end, Status.BLOCKED, ProblemType.MEMBERS_NOT_VISIBLE)
                        .detail())
                .contains("shows 1 member");
    }

    /** The single answer of a gateway, before a change and after it. */
    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void aSearchThatIsNotThereIsWaitedForAndEndsNothing(int absent) {
        onRead(with(), with(), with(), with(), noGroup(404));
        onSearch(status(absent), users("\"totalResults\":1", "ann"), status(absent), users("\"totalResults\":0"));

        assertParked(begun(), Step.VALIDATE, ProblemType.UPSTREAM_INVALID_RESPONSE);
        var afterTheChange = goneOn();
        assertParked(afterTheChange, Step.REMOVE_MEMBERS, ProblemType.UPSTREAM_INVALID_RESPONSE);
        var end = ended(goneOn());

        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertThat(end.membersRemoved()).isOne();
    }

    @Test
    void aGroupOverTheLimitIsRefusedBeforeItsLastPage() {
        onRead(with());
        onSearch(
                users("\"itemsPerPage\":100,\"nextCursor\":\"c\"", ids(1, 100)),
                users("\"itemsPerPage\":100,\"nextCursor\":\"d\"", ids(101, 200)));

        var problem = assertEnd(ended(), Status.BLOCKED, ProblemType.MEMBER_LIMIT_EXCEEDED);

        assertThat(problem.detail()).startsWith("The group has at least 200 members; the limit is 150.");
        provider.verify(2, getRequestedFor(urlPathEqualTo("/scim/Users")));
    }

    @Test
    void aMemberWhoJoinsSendsTheRunBack() {
        onRead(with(), with(), with(), with(), noGroup(404));
        onSearch(
                users("\"totalResults\":1", "ann"),
                users("\"totalResults\":1", "bob"),
                users("\"totalResults\":1", "bob"),
                users("\"totalResults\":0"));

        var end = ended();

        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertThat(end.steps().of(Step.REMOVE_MEMBERS).state()).isEqualTo(State.SUCCEEDED);
        assertThat(Objects.requireNonNull(end.membersRemoved())).isEqualTo(2);
    }
}
