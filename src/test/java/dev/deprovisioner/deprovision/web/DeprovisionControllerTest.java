package dev.deprovisioner.deprovision.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;

import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.DeprovisionHistory;
import dev.deprovisioner.deprovision.Deprovisioning;
import dev.deprovisioner.deprovision.Order;
import dev.deprovisioner.deprovision.Runs;
import dev.deprovisioner.identifier.GroupId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.MediaType;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** The HTTP face, with everything behind it stubbed. */
@WebMvcTest(DeprovisionController.class)
@Import(GroupAccess.class)
@ImportAutoConfiguration(SslAutoConfiguration.class)
@ComponentScan(
        basePackages = {"dev.deprovisioner.security", "dev.deprovisioner.connection", "dev.deprovisioner.problem"})
class DeprovisionControllerTest {

    private static final GroupId GROUP = new GroupId("g1");

    @Autowired
    private MockMvcTester mvc;

    @MockitoBean
    private Deprovisioning deprovisioning;

    @MockitoBean
    private DeprovisionHistory history;

    @MockitoBean
    private JwtDecoder decoder;

    private MvcTestResult post(String path, String body, String... prefer) {
        var request = mvc.post()
                .uri(path)
                .with(jwt().jwt(token -> token.subject("portal"))
                        .authorities(new SimpleGrantedAuthority("SCOPE_deprovision:write")));
        if (prefer.length > 0) {
            request.header("Prefer", prefer[0]);
        }
        return (body.isEmpty()
                        ? request
                        : request.contentType(MediaType.APPLICATION_JSON).content(body))
                .exchange();
    }

    private MvcTestResult get(String path) {
        return mvc.get()
                .uri(path)
                .with(jwt().authorities(new SimpleGrantedAuthority("SCOPE_deprovision:read")))
                .exchange();
    }

    private void accepts(Deprovision run) {
        given(deprovisioning.request(any(), any())).willReturn(run);
    }

    @Test
    void acceptsWith202AndALocation() {
        accepts(Runs.scheduled());
        var answer = post("/deprovisions/g1", "{\"reason\":\"Team was dissolved\"}");
        assertThat(answer).hasStatus(202).headers().hasValue("Location", "/deprovisions/g1");
        assertThat(answer).bodyJson().extractingPath("$.status").isEqualTo("SCHEDULED");
        verify(deprovisioning).request(GROUP, new Order("portal", null, "Team was dissolved", null, false));
    }

    @Test
    void needsNoBody() {
        accepts(Runs.scheduled());
        assertThat(post("/deprovisions/g1", "")).hasStatus(202);
        verify(deprovisioning).request(GROUP, new Order("portal", null, null, null, false));
    }

    @Test
    void answers200ForAnEarlierSuccess() {
        accepts(Runs.succeeded());
        assertThat(post("/deprovisions/g1", "")).hasStatus(200);
    }

    @Test
    void answers200WhenTheRunEndsWithinTheWait() {
        accepts(Runs.scheduled());
        given(deprovisioning.await(any(), eq(Duration.ofSeconds(60)))).willReturn(Runs.blocked());
        var answer = post("/deprovisions/g1", "", "wait=600");
        assertThat(answer).hasStatus(200).headers().hasValue("Preference-Applied", "wait=60");
        assertThat(answer).bodyJson().extractingPath("$.problem.remedy").isEqualTo("Resolve every blocker.");
        assertThat(answer).bodyJson().extractingPath("$.blockers[0].memberId").isEqualTo("u1");
    }

    @Test
    void answers202WhenTheWaitIsOver() {
        accepts(Runs.scheduled());
        given(deprovisioning.await(any(), any())).willReturn(Runs.scheduled());
        assertThat(post("/deprovisions/g1", "", "wait=1")).hasStatus(202);
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        given(history.latest(GROUP)).willReturn(Optional.of(Runs.scheduled()));
        assertThat(get("/deprovisions/g1")).hasStatusOk().bodyText().doesNotContain("null", "outcome", "membersTotal");
    }

    @Test
    void listsTheLatestHundredRuns() {
        given(history.ofGroup(GROUP, 100)).willReturn(List.of(Runs.succeeded()));
        assertThat(get("/deprovisions/g1/runs"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.items.length()")
                .isEqualTo(1);
    }

    @Test
    void answers404ForAGroupThatNobodyNamed() {
        given(history.latest(GROUP)).willReturn(Optional.empty());
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
        verify(deprovisioning).request(GROUP, new Order("portal", "ann", null, start, false));
    }

    @Test
    void answers503WhenTheDatabaseIsDown() {
        given(deprovisioning.request(any(), any()))
                .willThrow(new DataAccessResourceFailureException("jdbc:h2:file:/secret"));
        assertThat(post("/deprovisions/g1", "")).hasStatus(503).bodyText().doesNotContain("jdbc", "Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/x-ndjson", "garbage"})
    void doesNothingForACallerWhoCannotReadTheAnswer(String accept) {
        var answer = mvc.post()
                .uri("/deprovisions/g1")
                .header("Accept", accept)
                .with(jwt().authorities(new SimpleGrantedAuthority("SCOPE_deprovision:write")))
                .exchange();
        assertThat(answer).hasStatus(406).bodyJson().extractingPath("$.type").isEqualTo("/problems/not-acceptable");
        verifyNoInteractions(deprovisioning);
    }
}
