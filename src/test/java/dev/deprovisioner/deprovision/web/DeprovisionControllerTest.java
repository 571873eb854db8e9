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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
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
@ComponentScan(basePackages = {"dev.deprovisioner.security", "dev.deprovisioner.problem"})
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
    void answers404ForAGroupThatNobodyNamed() {
        given(history.latest(GROUP)).willReturn(Optional.empty());
        assertThat(get("/deprovisions/g1"))
                .hasStatus(404)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"unknown\":1}",
                "{\"reason\":1}",
                "{\"reason\":true}",
                "{\"again\":\"true\"}",
                "{\"again\":1}",
                "{\"reason\":\"a\",\"reason\":\"b\"}",
                "{\"reason\":\"a\\nb\"}",
                "{\"reason\":\"a\"} x",
                "[]",
                "\"reason\"",
                "{"
            })
    void refusesABodyThatIsNotExactlyWhatItTakes(String body) {
        assertThat(post("/deprovisions/g1", body))
                .hasStatus(400)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/invalid-request");
        verifyNoInteractions(deprovisioning);
    }

    @Test
    void passesOnWhoItIsForAndWhenToStart() {
        accepts(Runs.scheduled());
        post("/deprovisions/g1", "{\"onBehalfOf\":\"ann\",\"notBefore\":\"2026-12-01T08:00:00.1234Z\"}");
        var start = Instant.parse("2026-12-01T08:00:00.123Z");
        verify(deprovisioning).request(GROUP, new Order("portal", "ann", null, start, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"notBefore\":\"tomorrow\"}",
                "{\"notBefore\":1764547200}",
                "{\"notBefore\":\"2026-12-01\"}",
                "{\"notBefore\":\"2099-01-01T00:00:00Z\"}",
                "{\"notBefore\":\"1969-12-31T23:59:59Z\"}",
                "{\"notBefore\":\"-999999999-01-01T00:00:00+18:00\"}",
                "{\"onBehalfOf\":\"a\\u0000b\"}"
            })
    void refusesATimeOrANameThatCannotBeOne(String body) {
        assertThat(post("/deprovisions/g1", body)).hasStatus(400);
        verifyNoInteractions(deprovisioning);
    }

    @Test
    void boundsTheReasonAndTheBody() {
        accepts(Runs.scheduled());
        assertThat(post("/deprovisions/g1", "{\"reason\":\"" + "x".repeat(1000) + "\"}"))
                .hasStatus(202);
        assertThat(post("/deprovisions/g1", "{\"reason\":\"" + "x".repeat(1001) + "\"}"))
                .hasStatus(400);
        assertThat(post("/deprovisions/g1", "{\"reason\":\"" + "x".repeat(17_000) + "\"}"))
                .hasStatus(413)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/payload-too-large");
    }

    @Test
    void boundsTheDepthOfABody() {
        var deep = "[".repeat(5000) + "]".repeat(5000);
        assertThat(post("/deprovisions/g1", "{\"reason\":" + deep + "}")).hasStatus(400);
        verifyNoInteractions(deprovisioning);
    }

    @ParameterizedTest
    @CsvSource({"%3F", "%23", "a%3fb", "%7F"})
    void refusesAGroupIdBeforeAnythingElse(String id) {
        assertThat(post("/deprovisions/" + id, "{\"unknown\":1}"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/invalid-group-id");
        verifyNoInteractions(deprovisioning);
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

    @ParameterizedTest
    @CsvSource({
        "Prefer,       'wait=1\u0085'",
        "Content-Type, 'application/json;x=\u0085'",
    })
    void refusesAHeaderThatTheFirewallLetsNobodyRead(String name, String value) {
        assertThat(posting(name, value))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/invalid-request");
        verifyNoInteractions(deprovisioning);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/*", "text/plain", "nonsense"})
    void refusesABodyOfAnotherType(String type) {
        assertThat(posting("Content-Type", type))
                .hasStatus(415)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/unsupported-media-type");
        verifyNoInteractions(deprovisioning);
    }

    private MvcTestResult posting(String header, String value) {
        return mvc.post()
                .uri("/deprovisions/g1")
                .header(header, value)
                .characterEncoding(StandardCharsets.UTF_8)
                .content("{}")
                .with(jwt().authorities(new SimpleGrantedAuthority("SCOPE_deprovision:write")))
                .exchange();
    }

    @Test
    void saysWhatIsWrongWithAReason() {
        assertThat(post("/deprovisions/g1", "{\"reason\":\"a\\nb\"}"))
                .bodyJson()
                .extractingPath("$.detail")
                .asString()
                .startsWith("reason has at most 1000 characters");
    }
}
