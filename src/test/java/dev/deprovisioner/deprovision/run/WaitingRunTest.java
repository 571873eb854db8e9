package dev.deprovisioner.deprovision.run;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.ProblemType;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A run that cannot go on waits without a thread, longer each time, and gives up at its deadline. */
class WaitingRunTest extends StubbedProvider {

    @Test
    void waitsLongerEachTimeUpToTenMinutes() {
        onRead(status(503));
        begun();

        for (int attempt = 1; attempt <= 12; attempt++) {
            var waiting = latest();
            var full = Math.min(5 * (1 << Math.min(attempt - 1, 7)), 600);
            assertParked(waiting, Step.VALIDATE, ProblemType.UPSTREAM_UNAVAILABLE);
            assertThat(waiting.timeline().attempt()).isEqualTo(attempt);
            assertThat(pause()).isBetween(Duration.ofMillis(full * 500L), Duration.ofSeconds(full));
            goneOn();
        }
        assertThat(trail()).containsExactly("REQUEST SUCCESS");
    }

    @Test
    void waitsExactlyAsLongAsItIsAskedToAndSpendsNoAttempt() {
        onRead(status(429).withHeader("Retry-After", "3600"), with(), noGroup(404));
        onDelete(status(204));

        var waiting = begun();

        assertParked(waiting, Step.VALIDATE, ProblemType.UPSTREAM_UNAVAILABLE);
        assertThat(pause()).isEqualTo(Duration.ofHours(1));
        assertThat(waiting.timeline().attempt()).isZero();
        assertThat(time.waits()).isEmpty();
        assertSent(1, 0, 0);

        assertThat(goneOn().status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aPauseHoldsEveryOtherRunToo() {
        onRead(status(429).withHeader("Retry-After", "3600"));
        begun();

        var other = requested(new GroupId(group + "-other"));
        var next = advance(other);

        assertThat(next).isEqualTo(time.instant().plus(Duration.ofHours(1)));
        assertAsked(2);
    }

    @Test
    void waitsExactlyAsLongAsAServerErrorAsksFor() {
        onRead(status(503).withHeader("Retry-After", "1800"));

        begun();

        assertThat(pause()).isEqualTo(Duration.ofMinutes(30));
        assertSent(1, 0, 0);
    }

    @Test
    void aShortPauseIsWaitedForWithinTheAttempt() {
        onRead(status(429).withHeader("Retry-After", "20"), with(), noGroup(404));
        onDelete(status(204));

        assertThat(begun().status()).isEqualTo(Status.SUCCEEDED);

        assertThat(time.waits()).containsExactly(Duration.ofSeconds(20));
    }

    @Test
    void neverWaitsPastTheDeadline() {
        onRead(status(503).withHeader("Retry-After", "900000"));

        begun();

        assertThat(latest().timeline().nextAttemptAt())
                .isEqualTo(
                        Objects.requireNonNull(latest().timeline().startedAt()).plus(Duration.ofHours(24)));
    }

    @Test
    void givesUpAtTheDeadlineWithWhatItWaitedFor() {
        onRead(status(503));
        begun();
        time.step(Duration.ofHours(24));
        provider.resetRequests();

        var end = goneOn();

        assertEnd(end, Status.FAILED, ProblemType.UPSTREAM_UNAVAILABLE);
        assertAsked(0);
        assertThat(trail()).containsExactly("REQUEST SUCCESS", "VALIDATE FAILED");
    }

    @Test
    void theDeadlineCountsFromTheFirstStart() {
        requested();
        time.step(Duration.ofDays(3));
        onRead(with(), noGroup(404));
        onDelete(status(204));

        assertThat(begun().status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void anotherRequestWakesAWaitingRun() {
        onRead(status(503), status(503), status(503), status(503), with(), noGroup(404));
        onDelete(status(204));
        var waiting = begun();

        var woken = requested();

        assertThat(woken.id()).isEqualTo(waiting.id());
        assertThat(pause()).isZero();
        assertThat(goneOn().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(trail()).containsOnlyOnce("REQUEST SUCCESS");
    }

    @Test
    void wakesOnceForEveryoneWhoAsks() {
        onRead(status(503));
        begun();

        var woken = requested();

        assertThat(requested()).isEqualTo(woken);
    }

    @Test
    void aRunThatHasEndedIsLeftAlone() {
        onRead(noGroup(404));
        var end = begun();
        provider.resetRequests();

        assertThat(advance(end)).isNull();

        assertAsked(0);
        assertThat(latest()).isEqualTo(end);
    }

    @Test
    void afterARefusalAnotherRequestBeginsAnotherRun() {
        onRead(noGroup(404), with(), noGroup(404));
        onDelete(status(204));
        var blocked = begun();

        var again = begun();

        assertThat(again.id()).isNotEqualTo(blocked.id());
        assertThat(again.verdict().outcome()).isEqualTo(Outcome.DELETED);
    }

    @Test
    void afterASuccessNothingIsSentAgain() {
        onRead(with(), noGroup(404));
        onDelete(status(204));
        var end = begun();
        provider.resetRequests();

        assertThat(requested().id()).isEqualTo(end.id());

        assertAsked(0);
        assertThat(trail()).containsOnlyOnce("REQUEST SUCCESS");
    }

    @Test
    void looksOnceMoreForADeletedGroupAtTheDeadline() {
        onRead(with(), with(), noGroup(404));
        onDelete(status(204));
        begun();
        time.step(Duration.ofHours(24));

        assertThat(goneOn().verdict().outcome()).isEqualTo(Outcome.DELETED);
        provider.verify(1, deleteRequestedFor(anyUrl()));
    }

    @Test
    void sendsNothingMoreAfterTheDeadline() {
        onRead(with("ann"));
        onPatch(status(500));
        begun();
        time.step(Duration.ofHours(24));

        assertThat(goneOn().status()).isEqualTo(Status.FAILED);
        provider.verify(1, patchRequestedFor(anyUrl()));
    }

    @Test
    void saysThatADeletionWasSentButNeverConfirmed() {
        onRead(with(), status(503));
        onDelete(status(204));
        begun();
        time.step(Duration.ofHours(24));

        assertThat(assertEnd(goneOn(), Status.FAILED, ProblemType.DELETE_NOT_VERIFIED)
                        .detail())
                .contains("a read showed no members");
    }
}
