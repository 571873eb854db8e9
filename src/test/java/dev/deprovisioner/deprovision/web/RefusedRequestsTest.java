package dev.deprovisioner.deprovision.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verifyNoInteractions;

import dev.deprovisioner.deprovision.Runs;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Orders that the HTTP face turns away before anybody behind it hears of them. */
class RefusedRequestsTest extends WebFace {

    private MvcTestResult post(String path, String body) {
        return posting(path, "Content-Type", "application/json", body);
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
                "{\"reason\":\"a\\u202Eb\"}",
                "{\"reason\":\"\\u200B\"}",
                "{\"reason\":\"a\\uDB40\\uDC41\"}",
                "{\"onBehalfOf\":\"\\uFEFFann\"}",
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
        given(deprovisioning.request(any(), any(), any())).willReturn(Runs.scheduled());
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

    @ParameterizedTest
    @CsvSource({
        "Prefer,       'wait=1\u0085'",
        "Content-Type, 'application/json;x=\u0085'",
    })
    void refusesAHeaderThatTheFirewallRejects(String name, String value) {
        assertThat(posting("/deprovisions/g1", name, value, ""))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/invalid-request");
        verifyNoInteractions(deprovisioning);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*/*", "application/*", "application/yaml", "application/scim+json", "text/plain", "nonsense"})
    void refusesABodyOfAnotherType(String type) {
        assertThat(posting("/deprovisions/g1", "Content-Type", type, "{}"))
                .hasStatus(415)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/unsupported-media-type");
        verifyNoInteractions(deprovisioning);
    }

    private MvcTestResult posting(String path, String header, String value, String body) {
        return request(HttpMethod.POST, path, ADMIN, "deprovision:write")
                .header(header, value)
                .characterEncoding(StandardCharsets.UTF_8)
                .content(body)
                .exchange();
    }

    @Test
    void saysWhatIsWrongWithAReason() {
        assertThat(post("/deprovisions/g1", "{\"reason\":\"a\\nb\"}"))
                .bodyJson()
                .extractingPath("$.detail")
                .asString()
                .startsWith("The value of reason must have at most 1000 characters");
    }
}
