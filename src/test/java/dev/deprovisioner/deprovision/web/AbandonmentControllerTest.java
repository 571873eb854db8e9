package dev.deprovisioner.deprovision.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import dev.deprovisioner.deprovision.Run;
import dev.deprovisioner.deprovision.Runs;
import dev.deprovisioner.identifier.Caller;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** How an operator gives up a run over HTTP. */
class AbandonmentControllerTest extends WebFace {

    private MvcTestResult abandon(String caller, @Nullable String body, String scope) {
        var request = request(HttpMethod.POST, "/deprovisions/g1/abandonment", caller, scope);
        return body == null
                ? request.exchange()
                : request.contentType(MediaType.APPLICATION_JSON).content(body).exchange();
    }

    @Test
    void showsTheRunAsItHasEnded() {
        given(abandonment.abandon(any(), any(), any(), any())).willReturn(Runs.blocked("Sales EMEA"));

        assertThat(abandon(ADMIN, "{\"reason\":\"Provider is gone\"}", "deprovision:approve"))
                .hasStatus(202)
                .bodyJson()
                .extractingPath("$.groupId")
                .isEqualTo("g1");
        verify(abandonment).abandon(eq(GROUP), eq("Provider is gone"), eq(new Caller(ADMIN)), any());
    }

    @Test
    void needsNoBody() {
        given(abandonment.abandon(eq(GROUP), eq(null), any(), any())).willReturn(Runs.blocked("Sales EMEA"));
        assertThat(abandon(ADMIN, null, "deprovision:approve")).hasStatus(202);
    }

    @Test
    void needsItsOwnScope() {
        assertThat(abandon(ADMIN, null, "deprovision:write")).hasStatus(403);
        verifyNoInteractions(abandonment);
    }

    @Test
    void isNotForARunThatTheCallerMayNotSee() {
        given(abandonment.abandon(any(), any(), any(), any())).willAnswer(call -> {
            call.<Consumer<Run>>getArgument(3).accept(Runs.validated("Sales EMEA"));
            return Runs.blocked("Sales EMEA");
        });
        assertThat(abandon("another", null, "deprovision:approve")).hasStatus(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"reason\":\"up\\u202Edown\"}", "{\"reason\":\"\\u200B\"}", "{\"cause\":\"x\"}"})
    void refusesOtherBodies(String body) {
        assertThat(abandon(ADMIN, body, "deprovision:approve")).hasStatus(400);
    }
}
