package dev.deprovisioner.deprovision.run;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.badRequest;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.RunAbandonment;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.problem.ProblemType;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** What callers do to a run while it waits or works: they give it up, wake it or cancel it. */
@TestPropertySource(properties = "deprovisioner.webhook.events=group_deprovisioned,group_deprovision_failed")
class AbandonedRunTest extends StubbedProvider {

    private static final Caller OPERATOR = new Caller("operator");

    @Autowired
    private RunAbandonment abandonment;

    private Deprovision abandon() {
        return abandonment.abandon(group, "The provider is gone", OPERATOR, run -> {});
    }

    private void assertConflict(String detail) {
        assertThatThrownBy(this::abandon).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem().type()).isEqualTo(ProblemType.CONFLICT);
            assertThat(refused.problem().detail()).contains(detail);
        });
    }

    @Test
    void aRunThatIsStuckAfterAChangeEndsWithWhatWasDone() {
        onRead(with("ann", "bob"), with(), serverError());
        onPatch(status(204));
        onDelete(serverError());
        assertParked(begun(), Step.DELETE_GROUP, ProblemType.UPSTREAM_UNAVAILABLE);

        var end = abandon();

        var problem = assertEnd(end, Status.FAILED, ProblemType.DELETE_NOT_VERIFIED);
        assertThat(problem.detail()).contains("after it sent the deletion", "removed 2 members");
        assertThat(end.membersRemoved()).isEqualTo(2);
        assertThat(trail()).endsWith("DELETE FAILED", "ABANDON SUCCESS");
        assertThat(entry("actor")).isEqualTo("operator");
        assertThat(entry("reason")).isEqualTo("The provider is gone");
        assertThat(events()).isOne();
        assertThat(advance(end)).isNull();
        assertConflict("FAILED");
        assertThat(requested().id()).isNotEqualTo(end.id());
    }

    /** It may have been applied all the same: no read has shown the group since. */
    @Test
    void aRemovalWithoutAnAnswerIsKnownToHaveRemovedNoMember() {
        onRead(with("ann", "bob"), serverError());
        onPatch(serverError());
        assertParked(begun(), Step.REMOVE_MEMBERS, ProblemType.UPSTREAM_UNAVAILABLE);

        var problem = assertEnd(abandon(), Status.FAILED, ProblemType.REMOVAL_NOT_EFFECTIVE);

        assertThat(problem.detail())
                .contains("before a read showed the group empty", "known to have removed 0 members");
    }

    private String entry(String column) {
        return jdbc.sql("SELECT " + column + " FROM audit_entry WHERE group_id = ? AND action = 'ABANDON'")
                .param(group.value())
                .query(String.class)
                .single();
    }

    private int events() {
        return jdbc.sql(
                        "SELECT COUNT(*) FROM webhook_delivery WHERE group_id = ? AND event = 'GROUP_DEPROVISION_FAILED'")
                .param(group.value())
                .query(Integer.class)
                .single();
    }

    @Test
    void aRunThatChangedNothingIsNotGivenUp() {
        requested();
        assertConflict("nothing");
        onRead(serverError());
        advance(latest());
        assertConflict("nothing");
        assertThat(latest().status()).isEqualTo(Status.WAITING);
    }

    @Test
    void anAttemptInFlightSavesNothingAndSendsNothingMore() throws Exception {
        onRead(with("ann"), with());
        onPatch(status(204));
        onDelete(status(204).withFixedDelay(1500));
        var attempt = attemptUntil(deleteRequestedFor(anyUrl()));

        var end = abandon();
        attempt.get(20, TimeUnit.SECONDS);

        assertThat(latest()).isEqualTo(end);
        provider.verify(1, patchRequestedFor(anyUrl()));
        provider.verify(1, deleteRequestedFor(anyUrl()));
    }

    /** Begins an attempt that goes on while the provider takes its time for this request. */
    private CompletableFuture<Void> attemptUntil(RequestPatternBuilder request) {
        var run = requested();
        var attempt = CompletableFuture.runAsync(() -> advance(run));
        while (provider.findAll(request).isEmpty()) {
            assertThat(attempt).isNotDone();
            Thread.onSpinWait();
        }
        return attempt;
    }

    @Test
    void anImpatientRequestDoesNotFailARunDuringARotationOfSecrets() {
        refuseToken(badRequest());
        assertParked(begun(), Step.VALIDATE, ProblemType.UPSTREAM_UNAUTHORIZED);

        time.step(Duration.ofMillis(10));
        var woken = requested();
        advance(woken);
        assertParked(latest(), Step.VALIDATE, ProblemType.UPSTREAM_UNAUTHORIZED);

        assertEnd(goneOn(), Status.FAILED, ProblemType.UPSTREAM_UNAUTHORIZED);
    }

    private static void refuseToken(ResponseDefinitionBuilder answer) {
        provider.stubFor(post("/oauth/token").willReturn(answer.withBody("{\"error\":\"invalid_client\"}")));
    }

    @Test
    void cancellingARunEndsItsSurvey() throws Exception {
        onRead(with("ann"));
        onProfile("ann", status(200).withFixedDelay(8_000));
        var attempt = attemptUntil(getRequestedFor(urlEqualTo(profile("ann"))));

        assertThat(deprovisioning.cancel(group, OPERATOR, run -> true).status()).isEqualTo(Status.CANCELLED);
        time.step(Duration.ofSeconds(2));

        attempt.get(6, TimeUnit.SECONDS);
        assertThat(latest().status()).isEqualTo(Status.CANCELLED);
    }
}
