package dev.deprovisioner.deprovision.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.ArgumentMatchers.isNull;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.DeprovisionCommand;
import dev.deprovisioner.deprovision.DeprovisionHistory;
import dev.deprovisioner.deprovision.RunFilter;
import dev.deprovisioner.deprovision.Runs;
import dev.deprovisioner.identifier.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** What the HTTP face answers to orders and questions about a group. */
class DeprovisionControllerTest extends WebFace {

    private MvcTestResult post(String path, String body, String... prefer) {
        var request = request(HttpMethod.POST, path, ADMIN, "deprovision:write");
        if (prefer.length > 0) {
            request.header("Prefer", prefer[0]);
        }
        return (body.isEmpty()
                        ? request
                        : request.contentType(MediaType.APPLICATION_JSON).content(body))
                .exchange();
    }

    private MvcTestResult get(String path) {
        return request(HttpMethod.GET, path, ADMIN, "deprovision:read").exchange();
    }

    private void accepts(Deprovision run) {
        given(deprovisioning.request(any(), any(), any())).willReturn(run);
    }

    private void listed(Deprovision run) {
        given(history.page(eq(RunFilter.of(GROUP)), isNull(), eq(100), any()))
                .willReturn(new DeprovisionHistory.Page(List.of(run), false, null));
    }

    private void verifyRequested(DeprovisionCommand order) {
        verify(deprovisioning).request(eq(GROUP), eq(order), any());
    }

    @Test
    void acceptsWith202AndALocation() {
        accepts(Runs.scheduled());
        var answer = post("/deprovisions/g1", "{\"reason\":\"Team was dissolved\"}");
        assertThat(answer).hasStatus(202).headers().hasValue("Location", "/deprovisions/g1");
        assertThat(answer).bodyJson().extractingPath("$.status").isEqualTo("SCHEDULED");
        verifyRequested(new DeprovisionCommand(new Caller(ADMIN), null, "Team was dissolved", null, false, null));
    }

    @Test
    void needsNoBody() {
        accepts(Runs.scheduled());
        assertThat(post("/deprovisions/g1", "")).hasStatus(202);
        verifyRequested(new DeprovisionCommand(new Caller(ADMIN), null, null, null, false, null));
    }

    @Test
    void answers200ForAnEarlierSuccess() {
        accepts(Runs.succeeded());
        assertThat(post("/deprovisions/g1", "")).hasStatus(200);
    }

    @Test
    void answers200WhenTheRunEndsWithinTheWait() {
        accepts(Runs.scheduled());
        given(deprovisioning.await(any(), any(), eq(Duration.ofSeconds(60)))).willReturn(Runs.blocked(250));
        given(history.blockers(any(), eq(0L), eq(100))).willReturn(List.of(Runs.blocker()));
        var answer = post("/deprovisions/g1", "", "wait=600");
        assertThat(answer).hasStatus(200).headers().hasValue("Preference-Applied", "wait=60");
        assertThat(answer).bodyJson().extractingPath("$.problem.remedy").isEqualTo("Resolve every blocker.");
        assertThat(answer).bodyJson().extractingPath("$.blockers[0].memberId").isEqualTo("u1");
        assertThat(answer).bodyJson().extractingPath("$.blockersTotal").isEqualTo(250);
    }

    @Test
    void answers202WhenTheWaitIsOver() {
        accepts(Runs.scheduled());
        given(deprovisioning.await(any(), any(), any())).willReturn(Runs.scheduled());
        assertThat(post("/deprovisions/g1", "", "wait=1")).hasStatus(202);
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        given(history.latest(eq(GROUP), any())).willReturn(Optional.of(Runs.scheduled()));
        assertThat(get("/deprovisions/g1"))
                .hasStatusOk()
                .bodyText()
                .doesNotContain("null", "outcome", "membersTotal", "blockers");
    }

    @Test
    void listsSummariesOfTheLatestHundredRuns() {
        listed(Runs.succeeded());
        var answer = get("/deprovisions/g1/runs");
        assertThat(answer)
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.items.length()")
                .isEqualTo(1);
        assertThat(answer).bodyText().doesNotContain("steps");
    }

    @Test
    void quotesTheProviderOnlyInTheRunItself() {
        given(history.latest(eq(GROUP), any())).willReturn(Optional.of(Runs.quoting("Ann is the owner")));
        listed(Runs.quoting("Ann is the owner"));
        assertThat(get("/deprovisions/g1")).bodyText().contains("Ann is the owner", "steps");
        assertThat(get("/deprovisions/g1/runs"))
                .bodyText()
                .contains("Conflict.")
                .doesNotContain("Ann");
    }

    @Test
    void answers404ForAGroupWithoutRuns() {
        given(history.latest(eq(GROUP), any())).willReturn(Optional.empty());
        assertThat(get("/deprovisions/g1"))
                .hasStatus(404)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/not-found");
    }

    @Test
    void passesOnWhoItIsForAndWhenToStart() {
        accepts(Runs.scheduled());
        post("/deprovisions/g1", "{\"onBehalfOf\":\"ann\",\"notBefore\":\"2026-12-01T08:00:00.1234Z\"}");
        var start = Instant.parse("2026-12-01T08:00:00.123Z");
        verifyRequested(new DeprovisionCommand(new Caller(ADMIN), "ann", null, start, false, null));
    }

    @Test
    void answers503WhenTheDatabaseIsDown() {
        given(deprovisioning.request(any(), any(), any()))
                .willThrow(new DataAccessResourceFailureException("jdbc:h2:file:/secret"));
        assertThat(post("/deprovisions/g1", "")).hasStatus(503).bodyText().doesNotContain("jdbc", "Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/x-ndjson", "garbage"})
    void doesNothingForACallerWhoCannotReadTheAnswer(String accept) {
        var answer = request(HttpMethod.POST, "/deprovisions/g1", ADMIN, "deprovision:write")
                .header("Accept", accept)
                .exchange();
        assertThat(answer).hasStatus(406).bodyJson().extractingPath("$.type").isEqualTo("/problems/not-acceptable");
        verifyNoInteractions(deprovisioning);
    }
}
