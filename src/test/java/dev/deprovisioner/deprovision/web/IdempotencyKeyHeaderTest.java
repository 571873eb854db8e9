package dev.deprovisioner.deprovision.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import dev.deprovisioner.deprovision.DeprovisionCommand;
import dev.deprovisioner.deprovision.IdempotencyKey;
import dev.deprovisioner.deprovision.Runs;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.problem.ProblemType;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** How the HTTP face reads the Idempotency-Key, and what it answers to a repetition. */
class IdempotencyKeyHeaderTest extends WebFace {

    private MvcTestResult post(Object... keys) {
        var request = request(HttpMethod.POST, "/deprovisions/g1", ADMIN, "deprovision:write");
        return (keys.length == 0 ? request : request.header("Idempotency-Key", keys)).exchange();
    }

    @ParameterizedTest
    @ValueSource(strings = {"k", "\"8e03978e-40d5\"", "a,b", "~!;=%"})
    void takesAKeyAsItStands(String key) {
        given(deprovisioning.request(any(), any(), any())).willReturn(Runs.scheduled());

        assertThat(post(key)).hasStatus(202);

        var order = new DeprovisionCommand(new Caller(ADMIN), null, null, null, false, new IdempotencyKey(key));
        verify(deprovisioning).request(eq(GROUP), eq(order), any());
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                Arguments.of((Object) new Object[] {""}),
                Arguments.of((Object) new Object[] {"a b"}),
                Arguments.of((Object) new Object[] {"a\tb"}),
                Arguments.of((Object) new Object[] {"gr\u00F6\u00DFe"}),
                Arguments.of((Object) new Object[] {"a\u0007b"}),
                Arguments.of((Object) new Object[] {"a\u0000"}),
                Arguments.of((Object) new Object[] {"\u007F"}),
                Arguments.of((Object) new Object[] {"\u00A0"}),
                Arguments.of((Object) new Object[] {"\uD83D\uDD11"}),
                Arguments.of((Object) new Object[] {"k".repeat(256)}),
                Arguments.of((Object) new Object[] {"one", "another"}),
                Arguments.of((Object) new Object[] {"same", "same"}));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesWhatIsNotOneKey(Object[] keys) {
        assertThat(post(keys))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/invalid-request");
        verifyNoInteractions(deprovisioning);
    }

    @Test
    void remembersNothingOfARequestThatIsRefusedBefore() {
        var malformed = request(HttpMethod.POST, "/deprovisions/g1", ADMIN, "deprovision:write")
                .header("Idempotency-Key", "k")
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"reason\":1}");
        var ofStranger = request(HttpMethod.POST, "/deprovisions/g1", "stranger", "deprovision:write")
                .header("Idempotency-Key", "k");

        assertThat(malformed.exchange()).hasStatus(400);
        assertThat(ofStranger.exchange()).hasStatus(403);
        verifyNoInteractions(deprovisioning);
    }

    @Test
    void answersARepetitionWithTheRunThatHasEnded() {
        finds(Runs.blocked());

        assertThat(post("k"))
                .hasStatus(200)
                .bodyJson()
                .extractingPath("$.status")
                .isEqualTo("BLOCKED");
    }

    @Test
    void answers422ForAKeyOfAnotherRequest() {
        given(deprovisioning.request(any(), any(), any()))
                .willThrow(new ProblemException(new Problem(ProblemType.IDEMPOTENCY_KEY_REUSED, "Another body.")));

        assertThat(post("k"))
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.title")
                .isEqualTo("Idempotency key reused");
    }
}
