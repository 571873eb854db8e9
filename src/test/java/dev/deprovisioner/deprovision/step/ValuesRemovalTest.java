package dev.deprovisioner.deprovision.step;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.run.StubbedProvider;
import dev.deprovisioner.problem.ProblemType;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Members are listed as values: one provider removes those, and another one, which follows RFC 7644 strictly, all. */
@TestPropertySource(
        properties = {"deprovisioner.scim.member-removal=VALUES", "deprovisioner.scim.removal-batch-size=2"})
class ValuesRemovalTest extends StubbedProvider {

    private static final ResponseDefinitionBuilder NO_TARGET =
            jsonResponse("{\"status\":\"400\",\"scimType\":\"noTarget\"}", 400);

    @BeforeEach
    void deletable() {
        onPatch(status(204));
        onDelete(status(204));
    }

    private void assertRemoved(int times, String... members) {
        var values = Arrays.stream(members).map("{\"value\":\"%s\"}"::formatted).collect(Collectors.joining(","));
        provider.verify(
                times, patchRequestedFor(urlEqualTo(path(group))).withRequestBody(equalToJson("""
                {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                 "Operations":[{"op":"remove","path":"members","value":[%s]}]}""".formatted(values))));
    }

    private static void assertDeleted(Deprovision end, int removed) {
        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertThat(end.progress().membersRemoved()).isEqualTo(removed);
    }

    @Test
    void namesEachMemberOnceAndReadsBackOnce() {
        onRead(with("d", "b", "a", "c", "e"), with(), noGroup(404));

        assertDeleted(begun(), 5);

        assertSent(3, 3, 1);
        assertRemoved(1, "a", "b");
        assertRemoved(1, "c", "d");
        assertRemoved(1, "e");
    }

    @Test
    void countsAllMembersWhomAStrictProviderRemovesAtTheFirstRequest() {
        onRead(with("a", "b", "c", "d", "e"), with(), noGroup(404));
        onPatch(status(204), NO_TARGET);

        assertDeleted(begun(), 5);

        assertSent(3, 2, 1);
    }

    @Test
    void countsThemWhereTheAnswerIsLostToo() {
        onRead(with("a", "b", "c"), with(), noGroup(404));
        onPatch(status(500));

        assertDeleted(begun(), 3);

        assertSent(3, 1, 1);
    }

    @Test
    void countsNoMemberWhoLeftWithoutARequest() {
        onRead(with("a", "b", "c", "d"), with("d"), with(), noGroup(404));
        onPatch(status(204), status(400), status(204));

        assertDeleted(begun(), 3);

        assertSent(4, 3, 1);
        assertRemoved(1, "d");
    }

    /** A provider that takes values may ignore filters. */
    @Test
    void listsMembersWhoWereLeftBehindAsValuesOnceMore() {
        onRead(with("a", "b"), with("b"), with("b"), with("b"), with("b"), with("b"), with(), noGroup(404));

        assertDeleted(ended(), 2);

        assertSent(8, 2, 1);
        assertRemoved(1, "b");
    }

    @Test
    void findsARefusedMemberInTheSameForm() {
        onRead(with("a", "b"), with("a", "b"), with("a", "b"), with("b"));
        provider.stubFor(patch(urlEqualTo(path(group)))
                .atPriority(1)
                .withRequestBody(containing("\"b\""))
                .willReturn(status(404)));

        var end = ended();

        assertEnd(end, Status.FAILED, ProblemType.REMOVAL_NOT_EFFECTIVE);
        assertRemoved(1, "a", "b");
        assertRemoved(1, "a");
        assertRemoved(1, "b");
    }

    /** It may remove those that the read does not show. */
    @Test
    void isNotSentWhileAReadDoesNotShowAllMembers() {
        var cut = okJson("{\"id\":\"%s\",\"displayName\":\"Sales\",\"members\":[{\"value\":\"a\"}],\"memberCount\":2}"
                .formatted(group));
        onRead(with("a", "b"), cut, with("a", "b"), with(), noGroup(404));
        onPatch(status(503), status(204));

        var waiting = begun();

        assertParked(waiting, Step.REMOVE_MEMBERS, ProblemType.MEMBERS_NOT_VISIBLE);
        assertThat(Objects.requireNonNull(waiting.verdict().problem()).remedy())
                .contains("deprovisioner.policy.max-members");
        assertSent(2, 1, 0);

        assertDeleted(goneOn(), 2);
    }

    /** A strict provider removes a member who has just joined, too, so the read must be as fresh as for all. */
    @Test
    void isDecidedOnAReadOfAtMostFifteenSeconds() {
        onRead(with("a", "b", "c", "d", "e"), with("a", "b", "c", "d", "e"), with(), noGroup(404));
        lease = () -> {
            time.step(Duration.ofSeconds(8));
            return Duration.ofSeconds(20);
        };

        assertDeleted(begun(), 5);

        assertSent(4, 3, 1);
    }

    /** A provider that is configured for values may not take filters. */
    @Test
    void isNotToBeReplacedByFiltersAfterASlowRead() {
        var withoutMembers = okJson("{\"id\":\"%s\",\"displayName\":\"Sales\"}".formatted(group));
        onRead(withoutMembers, status(429).withHeader("Retry-After", "16"), with("a"));

        var waiting = begun();

        assertParked(waiting, Step.VALIDATE, ProblemType.UPSTREAM_UNAVAILABLE);
        assertThat(Objects.requireNonNull(waiting.verdict().problem()).remedy())
                .contains("deprovisioner.upstream.rate-limit.requests")
                .doesNotContain("member-removal");
    }

    @Test
    void isNotSentOnAReadOfMoreThanThirtySeconds() {
        onRead(with("a"));
        lease = () -> {
            time.step(Duration.ofSeconds(30));
            return Duration.ofSeconds(20);
        };

        assertParked(begun(), Step.REMOVE_MEMBERS, ProblemType.UPSTREAM_UNAVAILABLE);

        assertSent(1, 0, 0);
    }
}
