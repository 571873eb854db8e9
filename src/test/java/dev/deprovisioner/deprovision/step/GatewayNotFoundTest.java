package dev.deprovisioner.deprovision.step;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.run.StubbedProvider;
import dev.deprovisioner.problem.ProblemType;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A 404 that a gateway may have written is no proof that the group is gone. */
class GatewayNotFoundTest extends StubbedProvider {

    private static final String COLLECTION = "/api/v2/scim/groups?count=1";

    @BeforeEach
    void deletable() {
        onPatch(status(204));
        onDelete(status(204));
    }

    private static ResponseDefinitionBuilder page(String type, String body) {
        return aResponse().withStatus(404).withHeader("Content-Type", type).withBody(body);
    }

    static Stream<ResponseDefinitionBuilder> pages() {
        return Stream.of(
                page("text/plain; charset=utf-8", "default backend - 404"),
                page("text/html", "<html><head><title>404 Not Found</title></head></html>"),
                status(404),
                jsonResponse("{\"message\":\"no Route matched with those values\"}", 404),
                jsonResponse(
                        "{\"timestamp\":\"2026-01-01T00:00:00Z\",\"status\":404,\"error\":\"Not Found\",\"path\":\"/x\"}",
                        404));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void doesNotEndARunThatHasSeenTheGroup(ResponseDefinitionBuilder page) {
        onRead(with("u1", "u2", "u3"), page, with("u1", "u2", "u3"), with(), noGroup(404));
        onPatch(status(503).withHeader("Retry-After", "1"), status(204));
        assertThat(begun().status()).isEqualTo(Status.WAITING);
        var end = ended(goneOn());
        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertThat(end.progress().membersRemoved()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void doesNotProveADeletion(ResponseDefinitionBuilder page) {
        onRead(with(), page, page, noGroup(404));
        assertParked(begun(), Step.DELETE_GROUP, ProblemType.UPSTREAM_INVALID_RESPONSE);
        assertThat(trail()).doesNotContain("DELETE SUCCESS");
        assertThat(ended(goneOn()).verdict().outcome()).isEqualTo(Outcome.DELETED);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void countsAgainstACollectionThatAnswers(ResponseDefinitionBuilder page) {
        provider.stubFor(get(urlEqualTo(COLLECTION)).willReturn(okJson("{\"totalResults\":0,\"Resources\":[]}")));
        onRead(with(), page);
        assertThat(begun().verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertSent(3, 0, 1);
        provider.verify(1, getRequestedFor(urlEqualTo(COLLECTION)));
    }

    @Test
    void countsAgainstAMemberWhoIsAnsweredWhereTheCollectionCannotBeRead() {
        provider.stubFor(get(urlEqualTo(COLLECTION)).willReturn(status(403)));
        onRead(with("ann"), with(), page("text/plain", "404 page not found"));
        assertThat(begun().verdict().outcome()).isEqualTo(Outcome.DELETED);
        provider.verify(2, getRequestedFor(urlEqualTo(profile("ann"))));
    }

    @Test
    void thatLastsFromTheFirstReadEndsTheRunAndSaysWhatItMayBe() {
        onRead(page("text/plain", "default backend - 404"));
        assertParked(begun(), Step.VALIDATE, ProblemType.UPSTREAM_INVALID_RESPONSE);
        var problem = assertEnd(goneOn(), Status.BLOCKED, ProblemType.GROUP_NOT_FOUND);
        assertThat(problem.detail()).contains("gateway");
        assertThat(problem.remedy()).contains("deprovisioner.scim.plain-not-found");
    }

    @Test
    void thatPassesBeforeTheFirstReadIsForgotten() {
        onRead(page("text/html", "<html></html>"), with(), noGroup(404));
        assertThat(ended().verdict().outcome()).isEqualTo(Outcome.DELETED);
    }
}
