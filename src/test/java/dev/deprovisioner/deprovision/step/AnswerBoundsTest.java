package dev.deprovisioner.deprovision.step;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.Step.State;
import dev.deprovisioner.deprovision.run.StubbedProvider;
import dev.deprovisioner.problem.ProblemType;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long an answer of each kind may be: at the bound it is taken, a byte more and it is waited for another one. */
class AnswerBoundsTest extends StubbedProvider {

    private static final int TOKEN = 64 * 1024;
    private static final int PROFILE = 256 * 1024;
    private static final int GROUP = 4 * 1024 * 1024;

    @ParameterizedTest
    @CsvSource({"0, SUCCEEDED, ", "1, RUNNING, UPSTREAM_INVALID_RESPONSE"})
    void ofAGroup(int over, State end, @Nullable ProblemType problem) {
        onRead(padded("{\"id\":\"%s\",\"members\":[]}".formatted(group), GROUP + over));

        assertValidation(end, problem);
    }

    @ParameterizedTest
    @CsvSource({"30000, BLOCKED, MEMBER_LIMIT_EXCEEDED", "500, WAITING, UPSTREAM_INVALID_RESPONSE"})
    void ofAGroupThatShowsItsMembersBeforeTheBound(int members, Status status, ProblemType type) {
        var list = IntStream.range(0, members)
                .mapToObj("{\"value\":\"u%d\",\"type\":\"User\"}"::formatted)
                .collect(Collectors.joining(",", "[", "]"));
        var padding = "\u00fc".repeat(GROUP);
        onRead(okJson("{\"id\":\"%s\",\"Members\":%s,\"note\":\"%s\"}".formatted(group, list, padding)));

        var run = begun();

        assertThat(run.status()).isEqualTo(status);
        assertThat(run.verdict().problem()).extracting("type").isEqualTo(type);
        assertSent(1, 0, 0);
    }

    @ParameterizedTest
    @CsvSource({"0, SUCCEEDED, ", "1, RUNNING, UPSTREAM_INVALID_RESPONSE"})
    void ofAMember(int over, State end, @Nullable ProblemType problem) {
        onRead(with("u1"));
        onProfile("u1", padded("{\"id\":\"profile\",\"active\":true}", PROFILE + over));

        assertValidation(end, problem);
    }

    @ParameterizedTest
    @CsvSource({"0, SUCCEEDED, ", "1, RUNNING, UPSTREAM_UNAVAILABLE"})
    void ofATokenEndpoint(int over, State end, @Nullable ProblemType problem) {
        var token = "{\"access_token\":\"t1\",\"token_type\":\"bearer\",\"expires_in\":172000}";
        provider.stubFor(post("/oauth/token").willReturn(padded(token, TOKEN + over)));
        onRead(with());

        assertValidation(end, problem);
    }

    private static ResponseDefinitionBuilder padded(String json, int size) {
        return okJson(json + " ".repeat(size - json.length()));
    }

    private void assertValidation(State end, @Nullable ProblemType expected) {
        var run = begun();
        assertThat(run.steps().of(Step.VALIDATE).state()).isEqualTo(end);
        if (expected != null) {
            assertThat(run.verdict().problem()).extracting("type").isEqualTo(expected);
        }
    }
}
