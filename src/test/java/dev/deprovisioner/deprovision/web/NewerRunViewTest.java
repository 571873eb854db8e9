package dev.deprovisioner.deprovision.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;

import dev.deprovisioner.deprovision.Blocker;
import dev.deprovisioner.deprovision.DeprovisionHistory.Page;
import dev.deprovisioner.deprovision.NewerRun;
import dev.deprovisioner.deprovision.RecordedState;
import dev.deprovisioner.deprovision.RecordedStep;
import dev.deprovisioner.deprovision.Runs;
import dev.deprovisioner.problem.RecordedProblem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;

/** A run that only a newer version understands, as callers of this one see it. */
class NewerRunViewTest extends WebFace {

    private static final NewerRun RUN = newer();

    private static NewerRun newer() {
        var like = Runs.scheduled();
        var state = new RecordedState(
                "AWAITING_APPROVAL",
                "APPROVE",
                "ARCHIVED",
                List.of(new RecordedStep("APPROVE", "ASKED", null, null, 0, 3)),
                1,
                new RecordedProblem("THRESHOLD_EXCEEDED", "Too many.", "Wait.", "No.", null));
        return new NewerRun(like.id(), GROUP, like.request(), state, like.progress(), like.timeline(), false, null);
    }

    @Test
    void isShownInItsOwnWords() {
        given(history.latest(eq(GROUP), any())).willReturn(Optional.of(RUN));
        given(history.blockers(RUN, 0, 100))
                .willReturn(List.of(new Blocker("legal-hold", null, null, "Held.", "Release it.")));

        var answer = request(HttpMethod.GET, "/deprovisions/g1", ADMIN, "deprovision:read")
                .exchange();

        assertThat(answer).hasStatusOk().bodyJson().isLenientlyEqualTo("""
                {"status":"AWAITING_APPROVAL","step":"APPROVE","outcome":"ARCHIVED",
                 "steps":[{"name":"APPROVE","state":"ASKED","requests":3}],
                 "blockersTotal":1,
                 "blockers":[{"type":"legal-hold","detail":"Held.","remedy":"Release it."}],
                 "problem":{"type":"/problems/threshold-exceeded","title":"Threshold exceeded","status":500,
                            "detail":"Too many. The provider says: No.","remedy":"Wait."}}""");
    }

    @Test
    void isInTheListsWithoutTheProvidersWords() {
        given(history.page(any(), any(), anyInt(), any())).willReturn(new Page(List.of(RUN), false, null));

        var answer = request(HttpMethod.GET, "/deprovisions", ADMIN, "deprovision:read")
                .exchange();

        assertThat(answer).hasStatusOk().bodyJson().isLenientlyEqualTo("""
                {"items":[{"status":"AWAITING_APPROVAL","problem":{"detail":"Too many."}}]}""");
    }

    @Test
    void isAnswered202WhileItHoldsTheGroup() {
        finds(RUN);

        assertThat(request(HttpMethod.POST, "/deprovisions/g1", ADMIN, "deprovision:write"))
                .hasStatus(202);
    }
}
