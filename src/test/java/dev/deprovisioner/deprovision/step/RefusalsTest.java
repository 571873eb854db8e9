package dev.deprovisioner.deprovision.step;

import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.run.StubbedProvider;
import dev.deprovisioner.problem.ProblemType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the provider decides against us, and what we tell of it. */
class RefusalsTest extends StubbedProvider {

    @Test
    void aForbiddenReadNamesThePermission() {
        onRead(status(403));

        var problem = assertEnd(begun(), Status.FAILED, ProblemType.UPSTREAM_FORBIDDEN);

        assertThat(problem.detail() + problem.remedy()).contains("scim:group:read");
        assertSent(1, 0, 0);
        assertThat(trail()).containsExactly("REQUEST SUCCESS", "VALIDATE FAILED");
    }

    @Test
    void aForbiddenRemovalNamesThePermission() {
        onRead(with("ann"));
        onPatch(status(403));

        var problem = assertEnd(begun(), Status.FAILED, ProblemType.UPSTREAM_FORBIDDEN);

        assertThat(problem.detail() + problem.remedy()).contains("scim:group:write");
        assertSent(1, 1, 0);
        assertThat(trail()).endsWith("REMOVE_MEMBERS FAILED");
    }

    @Test
    void aForbiddenDeletionNamesThePermission() {
        onRead(with());
        onDelete(status(403));

        var problem = assertEnd(begun(), Status.FAILED, ProblemType.UPSTREAM_FORBIDDEN);

        assertThat(problem.detail() + problem.remedy()).contains("scim:group:delete");
        assertSent(1, 0, 1);
        assertThat(trail()).endsWith("DELETE FAILED");
    }

    @Test
    void aTokenRefusedTwiceWaitsOnceAndThenFails() {
        onRead(status(401));

        assertParked(begun(), Step.VALIDATE, ProblemType.UPSTREAM_UNAUTHORIZED);
        assertSent(2, 0, 0);

        var problem = assertEnd(goneOn(), Status.FAILED, ProblemType.UPSTREAM_UNAUTHORIZED);
        assertThat(problem.remedy()).contains("client-id");
        assertSent(4, 0, 0);
        assertThat(trail()).containsExactly("REQUEST SUCCESS", "VALIDATE FAILED");
    }

    @Test
    void aTokenThatIsGoodAgainAfterAWaitLetsTheRunGoOn() {
        onRead(with());
        onDelete(status(401), status(401), status(204));

        assertParked(begun(), Step.DELETE_GROUP, ProblemType.UPSTREAM_UNAUTHORIZED);
        assertSent(1, 0, 2);
        onRead(with(), noGroup(404));

        assertThat(goneOn().verdict().outcome()).isEqualTo(Outcome.DELETED);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401})
    void refusedCredentialsWaitOnceAndThenFail(int status) {
        provider.stubFor(post("/oauth/token").willReturn(status(status)));

        assertParked(begun(), Step.VALIDATE, ProblemType.UPSTREAM_UNAUTHORIZED);
        assertEnd(goneOn(), Status.FAILED, ProblemType.UPSTREAM_UNAUTHORIZED);

        provider.verify(2, postRequestedFor(urlEqualTo("/oauth/token")));
        assertAsked(2);
    }

    @Test
    void aConflictOfAnotherVersionValidatesAgain() {
        onRead(
                with("ann").withHeader("ETag", "\"1\""),
                with("ann").withHeader("ETag", "\"2\""),
                with("ann").withHeader("ETag", "\"2\""),
                with(),
                noGroup(404));
        onPatch(status(409), status(204));
        onDelete(status(204));

        var end = begun();

        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertThat(end.timeline().revalidations()).isEqualTo(1);
        assertSent(5, 2, 1);
    }

    @Test
    void aConflictOfAnotherMemberValidatesAgain() {
        onRead(with("ann"), with("ann", "bob"), with("ann", "bob"));
        onPatch(status(409));
        onProfile("bob", status(503));

        assertParked(begun(), Step.VALIDATE, ProblemType.UPSTREAM_UNAVAILABLE);
        assertSent(3, 1, 0);
    }

    @Test
    void aConflictOverAGroupThatIsGoneIsNoConflict() {
        onRead(with(), noGroup(404));
        onDelete(status(409));

        assertThat(begun().verdict().outcome()).isEqualTo(Outcome.DELETED);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405, 422, 501})
    void anUnexpectedAnswerFailsWithTheProvidersWords(int status) {
        onRead(with("ann"));
        onPatch(jsonResponse("{\"message\":\"No such\\noperation\"}", status));

        var problem = assertEnd(begun(), Status.FAILED, ProblemType.UPSTREAM_INVALID_RESPONSE);

        assertThat(problem.detail()).contains("HTTP " + status);
        assertThat(problem.quote()).isEqualTo("No such operation");
        assertSent(1, 1, 0);
    }

    @Test
    void aThrottledPatchHasChangedNothing() {
        onRead(with("ann"));
        onPatch(status(429).withHeader("Retry-After", "60"), status(409));

        assertEnd(ended(), Status.BLOCKED, ProblemType.DEPENDENCIES_FOUND);
    }

    /** What the audit trail says further of the last entry about the group. */
    private @Nullable String details() {
        return jdbc.sql("SELECT details FROM audit_entry WHERE group_id = ? ORDER BY id DESC LIMIT 1")
                .param(group.value())
                .query((row, number) -> Optional.ofNullable(row.getString(1)))
                .single()
                .orElse(null);
    }

    @Test
    void aRefusalHasTheProvidersIdOfTheRequest() {
        onRead(with("ann"));
        onPatch(status(403).withHeader("x-amzn-RequestId", "88d9c6f3-566d-42b3"));

        var problem = assertEnd(begun(), Status.FAILED, ProblemType.UPSTREAM_FORBIDDEN);

        assertThat(problem.correlationId()).isEqualTo("88d9c6f3-566d-42b3");
        assertThat(trail()).endsWith("REMOVE_MEMBERS FAILED");
        assertThat(details()).isEqualTo("{\"correlation_id\":\"88d9c6f3-566d-42b3\"}");
    }

    @Test
    void aRefusedCheckOfAMemberHasTheProvidersIdOfTheRequest() {
        onRead(with("ann", "bob"));
        onProfile("bob", status(403).withHeader("x-amzn-RequestId", "88d9c6f3-566d-42b3"));

        var problem = assertEnd(begun(), Status.BLOCKED, ProblemType.DEPENDENCIES_FOUND);

        assertThat(problem.correlationId()).isEqualTo("88d9c6f3-566d-42b3");
        assertThat(trail()).endsWith("VALIDATE BLOCKED");
        assertThat(details()).isEqualTo("{\"correlation_id\":\"88d9c6f3-566d-42b3\"}");
    }

    @Test
    void aConflictThatLastsHasTheProvidersIdOfTheLastRequest() {
        onRead(with("ann"));
        onPatch(jsonResponse("{\"contextId\":\"c-1\"}", 409), jsonResponse("{\"contextId\":\"c-2\"}", 409));

        assertThat(assertEnd(ended(), Status.BLOCKED, ProblemType.DEPENDENCIES_FOUND)
                        .correlationId())
                .isEqualTo("c-2");
        assertThat(details()).isEqualTo("{\"correlation_id\":\"c-2\"}");
    }

    @Test
    void aChangeOfTheGroupThatAConflictRevealsHasTheProvidersIdOfTheRequest() {
        onRead(with("ann").withHeader("ETag", "\"v1\""), with("ann").withHeader("ETag", "\"v2\""));
        onPatch(jsonResponse("{\"contextId\":\"c-1\"}", 412), status(429).withHeader("Retry-After", "60"));

        begun();

        assertThat(trail()).containsSequence("REMOVE_MEMBERS CHANGED", "VALIDATE SUCCESS");
        assertThat(jdbc.sql("SELECT details FROM audit_entry WHERE group_id = ? AND status = 'CHANGED'")
                        .param(group.value())
                        .query(String.class)
                        .single())
                .isEqualTo("{\"correlation_id\":\"c-1\"}");
        assertThat(details()).isNull();
    }
}
