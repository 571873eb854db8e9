package dev.deprovisioner.deprovision.step;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.deprovisioner.deprovision.Blocker;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.Step.State;
import dev.deprovisioner.deprovision.StepRecord;
import dev.deprovisioner.deprovision.run.StubbedProvider;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.problem.ProblemType;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before anything is changed, and what is only put off. */
class ValidateGroupTest extends StubbedProvider {

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void blocksAGroupThatDoesNotExist(int status) {
        onRead(noGroup(status));

        var end = begun();

        assertEnd(end, Status.BLOCKED, ProblemType.GROUP_NOT_FOUND);
        assertThat(end.steps().of(Step.VALIDATE).state()).isEqualTo(State.FAILED);
        assertSent(1, 0, 0);
        assertAsked(2);
        assertThat(trail()).containsExactly("REQUEST SUCCESS", "VALIDATE BLOCKED");
    }

    @Test
    void blocksAGroupThatTheProviderCallsDeleted() {
        onRead(okJson("{\"id\":\"%s\",\"state\":\"deleted\"}".formatted(group)));

        assertEnd(begun(), Status.BLOCKED, ProblemType.GROUP_NOT_FOUND);
        assertSent(1, 0, 0);
    }

    @Test
    void asksForNoDependencyOfAGroupOverTheLimit() {
        onRead(with(members(501)));

        var end = begun();

        var problem = assertEnd(end, Status.BLOCKED, ProblemType.MEMBER_LIMIT_EXCEEDED);
        assertThat(problem.remedy()).contains("500");
        assertThat(end.progress().membersTotal()).isEqualTo(501);
        assertThat(end.progress().membersChecked()).isNull();
        assertAsked(2);
        assertThat(trail()).containsExactly("REQUEST SUCCESS", "VALIDATE BLOCKED");
    }

    @Test
    void takesAGroupAtTheLimitWithTheLeastRequests() {
        onRead(with(members(500)), with(), noGroup(404));
        onPatch(status(204));
        onDelete(status(204));

        var end = ended();

        assertThat(end.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(end.progress().membersChecked()).isEqualTo(500);
        assertThat(end.steps().records().stream().mapToInt(StepRecord::requests).sum())
                .isEqualTo(505);
        assertAsked(506);
    }

    @Test
    void namesEveryBlockerWithItsRemedy() {
        onRead(with("ann", "bob", "cid", "dan"));
        onProfile("ann", status(404));
        onProfile("cid", okJson("{\"id\":\"p3\",\"active\":false}"));
        onProfile("dan", okJson("{\"id\":\"p4\",\"active\":true,\"state\":\"suspended\"}"));

        var end = begun();

        assertEnd(end, Status.BLOCKED, ProblemType.DEPENDENCIES_FOUND);
        assertThat(blockers(end))
                .extracting(Blocker::memberId, Blocker::type, Blocker::reference)
                .containsExactly(
                        tuple(new MemberId("ann"), "routing-profile-missing", null),
                        tuple(new MemberId("cid"), "routing-profile-inactive", "p3"),
                        tuple(new MemberId("dan"), "routing-profile-inactive", "p4"));
        assertThat(blockers(end))
                .allSatisfy(blocker -> assertThat(blocker.remedy()).contains("Reassign user " + blocker.memberId()));
        assertThat(end.progress().membersChecked()).isEqualTo(4);
        provider.verify(4, getRequestedFor(urlPathMatching(profile("[^/]+"))));
        assertSent(1, 0, 0);
        assertThat(trail()).containsExactly("REQUEST SUCCESS", "VALIDATE BLOCKED");
    }

    @ParameterizedTest
    @MethodSource
    void blocksWhenADependencyAnswerIsUnknown(ResponseDefinitionBuilder answer) {
        onRead(with("ann"));
        onProfile("ann", answer);

        var end = begun();

        var problem = assertEnd(end, Status.BLOCKED, ProblemType.DEPENDENCIES_FOUND);
        assertThat(problem.detail()).isEqualTo("Checks without a clear answer: 1; see blockers.");
        assertThat(blockers(end)).singleElement().satisfies(blocker -> {
            assertThat(blocker.type()).isEqualTo("routing-profile-unknown");
            assertThat(blocker.remedy()).contains("Reassign user ann");
        });
        provider.verify(1, getRequestedFor(urlEqualTo(profile("ann"))));
        assertSent(1, 0, 0);
    }

    static Stream<ResponseDefinitionBuilder> blocksWhenADependencyAnswerIsUnknown() {
        return Stream.of(
                status(403),
                status(400),
                status(501),
                status(204),
                okJson("{\"active\":\"false\"}"),
                okJson("{\"error\":{\"code\":404,\"message\":\"no profile\"}}"),
                okJson("{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:Error\"],\"status\":\"404\"}"),
                okJson("{\"totalResults\":0,\"Resources\":[]}"),
                okJson("{\"active\":null}"),
                okJson("{\"active\":true,\"state\":1}"),
                okJson("{\"active\":true,\"state\":null}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"Active\":false}", "{\"STATE\":\"inactive\"}"})
    void anInactiveProfileBlocksInAnyCase(String profile) {
        onRead(with("ann"));
        onProfile("ann", okJson(profile));
        assertEnd(begun(), Status.BLOCKED, ProblemType.DEPENDENCIES_FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"urn:ietf:params:scim:schemas:core:2.0:Group\":{\"members\":[{\"value\":\"ann\"}]}",
                "\"urn:ietf:params:scim:schemas:core:2.0:Group:members\":[{\"value\":\"ann\"}]"
            })
    void membersUnderTheUrnOfTheirSchemaAreMembers(String members) {
        onRead(okJson("{\"id\":\"%s\",%s}".formatted(group, members)));
        onProfile("ann", status(404));
        var end = begun();
        assertEnd(end, Status.BLOCKED, ProblemType.DEPENDENCIES_FOUND);
        assertThat(end.progress().membersTotal()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource
    void anActiveProfileDoesNotBlock(String profile) {
        onRead(with("ann"), with(), noGroup(404));
        onProfile("ann", okJson(profile));
        onPatch(status(204));
        onDelete(status(204));

        assertThat(begun().status()).isEqualTo(Status.SUCCEEDED);
    }

    static Stream<String> anActiveProfileDoesNotBlock() {
        return Stream.of("{}", "{\"active\":true}", "{\"state\":\"Active\"}", "{\"active\":true,\"state\":\"active\"}");
    }

    @ParameterizedTest
    @MethodSource("noAnswers")
    void waitsWhenADependencyCannotBeAskedFor(ProblemType problem, ResponseDefinitionBuilder answer) {
        onRead(with("ann", "bob"));
        onProfile("ann", status(404));
        onProfile("bob", answer);

        assertParked(begun(), Step.VALIDATE, problem);

        assertThat(pause()).isPositive();
        assertSent(1, 0, 0);
        assertThat(trail()).containsExactly("REQUEST SUCCESS");
    }

    @ParameterizedTest
    @MethodSource("noAnswers")
    void waitsWhenTheGroupCannotBeRead(ProblemType problem, ResponseDefinitionBuilder answer) {
        onRead(answer);

        assertParked(begun(), Step.VALIDATE, problem);

        provider.verify(0, patchRequestedFor(anyUrl()));
        provider.verify(0, getRequestedFor(urlPathMatching(profile("[^/]+"))));
        assertThat(trail()).containsExactly("REQUEST SUCCESS");
    }

    static Stream<Object[]> noAnswers() {
        return Stream.of(
                new Object[] {ProblemType.UPSTREAM_UNAVAILABLE, status(500)},
                new Object[] {ProblemType.UPSTREAM_UNAVAILABLE, status(408)},
                new Object[] {ProblemType.UPSTREAM_UNAVAILABLE, aResponse().withFault(Fault.EMPTY_RESPONSE)},
                new Object[] {ProblemType.UPSTREAM_UNAVAILABLE, aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)},
                new Object[] {ProblemType.UPSTREAM_INVALID_RESPONSE, okJson("{\"id\":\"x\",\"members\":[")},
                new Object[] {ProblemType.UPSTREAM_INVALID_RESPONSE, aResponse().withBody("<html></html>")},
                new Object[] {ProblemType.UPSTREAM_INVALID_RESPONSE, okJson("{\"a\":\"" + "x".repeat(5_000_000) + "\"}")
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"another\",\"members\":[]}",
                "{\"members\":[]}",
                "{\"id\":\"%s\",\"members\":{}}",
                "{\"id\":\"%s\",\"members\":\"\"}",
                "{\"id\":\"%s\",\"members\":[{\"display\":\"Ann\"}]}",
                "{\"id\":\"%s\",\"members\":[{\"value\":\"\"}]}",
                "{\"id\":\"%s\",\"members\":[{\"value\":\"..\"}]}",
                "{\"id\":\"%s\",\"members\":[\"ann\"]}"
            })
    void anAnswerThatIsNotCertainlyTheGroupIsNotTakenForAnEmptyOne(String body) {
        onRead(okJson(body.formatted(group)));

        assertParked(begun(), Step.VALIDATE, ProblemType.UPSTREAM_INVALID_RESPONSE);

        assertSent(2, 0, 0);
        assertAsked(3);
    }

    private static String[] members(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "member-" + i).toArray(String[]::new);
    }
}
