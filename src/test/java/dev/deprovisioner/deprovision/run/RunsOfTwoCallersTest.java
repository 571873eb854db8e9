package dev.deprovisioner.deprovision.run;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.DeprovisionCommand;
import dev.deprovisioner.deprovision.Progress;
import dev.deprovisioner.deprovision.RequestAccess;
import dev.deprovisioner.deprovision.Run;
import dev.deprovisioner.deprovision.Runs;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/**
 * Two callers and one group: "owner" is allowed to manage it by its id, "portal" at most by its name, which only a read shows.
 * Nothing that "portal" requests changes an answer to "owner".
 */
@TestPropertySource(
        properties = {
            "deprovisioner.security.callers[0].principal=owner",
            "deprovisioner.security.callers[0].groups=group-*",
            "deprovisioner.security.callers[1].principal=portal",
            "deprovisioner.security.callers[1].groups=sales"
        })
class RunsOfTwoCallersTest extends StubbedProvider {

    private static final Caller OWNER = new Caller("owner");
    private static final Caller PORTAL = new Caller("portal");

    private Deprovision request(Caller caller, @Nullable Instant notBefore) {
        var command = new DeprovisionCommand(caller, null, null, notBefore, false, null);
        return (Deprovision) deprovisioning.request(group, command, access(caller));
    }

    private static RequestAccess access(Caller caller) {
        return caller.equals(OWNER) ? Runs.ANY_GROUP : new RequestAccess(false, run -> isShownToPortal(run), 1000);
    }

    private static boolean isShownToPortal(Run run) {
        var name = run.progress().displayName();
        return name == null ? run.request().by().equals(PORTAL) : name.equals("Sales");
    }

    private Deprovision now(Run run) {
        return (Deprovision) history.find(group, run.id()).orElseThrow();
    }

    private Deprovision attempted(Run run) {
        advance(now(run));
        return now(run);
    }

    private ResponseDefinitionBuilder executives() {
        return okJson("{\"id\":\"%s\",\"displayName\":\"Executives\",\"members\":[]}".formatted(group));
    }

    @Test
    void aRunThatMayBeRefusedHoldsNothing() {
        var asked = request(PORTAL, null);
        assertThat(asked.status()).isEqualTo(Status.SCHEDULED);

        var owned = request(OWNER, null);

        assertThat(owned.id()).isNotEqualTo(asked.id());
        assertThat(history.latest(group, OWNER)).contains(owned);
        assertThat(history.latest(group, PORTAL)).contains(asked);
    }

    @Test
    void aRefusedRunLeavesTheAnswersToOthersAsTheyWere() {
        onRead(executives(), noGroup(404));
        onDelete(status(204));
        var owned = request(OWNER, null);
        assertThat(attempted(owned).status()).isEqualTo(Status.SUCCEEDED);
        provider.resetScenarios();
        onRead(executives());

        var asked = request(PORTAL, null);
        assertEnd(attempted(asked), Status.BLOCKED, ProblemType.GROUP_PROTECTED);

        assertThat(request(OWNER, null).id()).isEqualTo(owned.id());
        assertThat(history.latest(group)).contains(now(owned));
        assertThat(history.latestBy(PORTAL, group)).contains(now(asked));
    }

    @Test
    void aRefusedRunIsReadAtOnceAlsoIfItIsToBeginLater() {
        onRead(executives());
        var asked = request(PORTAL, tomorrow());
        assertThat(asked.timeline().nextAttemptAt()).isNull();

        var end = attempted(asked);

        assertEnd(end, Status.BLOCKED, ProblemType.GROUP_PROTECTED);
        assertThat(end.progress()).isEqualTo(Progress.UNKNOWN);
        assertSent(1, 0, 0);
    }

    private Instant tomorrow() {
        return time.instant().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MILLIS);
    }

    @Test
    void anAdmittedRunHoldsTheGroupUntilItsStart() {
        onRead(with(), with(), noGroup(404));
        onDelete(status(204));
        var start = tomorrow();
        var admitted = attempted(request(PORTAL, start));

        assertThat(admitted.status()).isEqualTo(Status.SCHEDULED);
        assertThat(admitted.timeline().nextAttemptAt()).isEqualTo(start);
        assertThat(admitted.timeline().startedAt()).isNull();
        assertThat(request(OWNER, null).id()).isEqualTo(admitted.id());
        assertSent(1, 0, 0);

        time.step(Duration.ofDays(1));
        assertThat(attempted(admitted).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(trail()).startsWith("REQUEST SUCCESS", "VALIDATE SUCCESS");
    }

    @Test
    void anotherCallerTakesAScheduledRunOverByCancellingIt() {
        onRead(with());
        var admitted = attempted(request(PORTAL, tomorrow()));

        assertThat(deprovisioning.cancel(group, OWNER, run -> true).id()).isEqualTo(admitted.id());

        assertThat(request(OWNER, null).id()).isNotEqualTo(admitted.id());
    }

    /** The own run of the caller has ended between the request and the decision. */
    @Test
    void aCancellationRequiresAccessToTheRunThatItWouldEnd() {
        onRead(with());
        var admitted = attempted(request(PORTAL, tomorrow()));

        assertThatThrownBy(() -> deprovisioning.cancel(group, OWNER, run -> false))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().type()).isEqualTo(ProblemType.FORBIDDEN));
        assertThat(now(admitted).status()).isEqualTo(Status.SCHEDULED);
    }

    @Test
    void aRunThatIsAllowedTooLateIsADuplicate() {
        onRead(with());
        var asked = request(PORTAL, null);
        var owned = request(OWNER, tomorrow());

        var problem = assertEnd(attempted(asked), Status.BLOCKED, ProblemType.DUPLICATE_RUN);

        assertThat(problem.detail()).contains(owned.id().toString());
        assertThat(now(owned).status()).isEqualTo(Status.SCHEDULED);
        assertThat(history.latest(group, OWNER)).contains(owned);
    }

    @Test
    void aRunThatWaitsForTheProviderHoldsNothing() {
        onRead(serverError());
        var asked = request(PORTAL, null);
        assertThat(attempted(asked).status()).isEqualTo(Status.WAITING);

        assertThat(request(OWNER, null).id()).isNotEqualTo(asked.id());
        assertThat(request(PORTAL, null).id()).isEqualTo(asked.id());
    }

    @Test
    void aCallerCancelsItsOwnRunAndNotTheOneThatHoldsTheGroup() {
        var asked = request(PORTAL, null);
        var owned = request(OWNER, null);

        assertThat(deprovisioning.cancel(group, PORTAL, run -> true).id()).isEqualTo(asked.id());

        assertThat(now(owned).status()).isEqualTo(Status.SCHEDULED);
        assertThat(request(PORTAL, null).id()).isNotEqualTo(asked.id());
    }

    @Test
    void aRepeatedCancellationFindsTheSameRunWhileAnotherHoldsTheGroup() {
        var asked = request(PORTAL, null);
        var owned = request(OWNER, null);
        var cancelled = deprovisioning.cancel(group, PORTAL, RunsOfTwoCallersTest::isShownToPortal);

        var again = deprovisioning.cancel(group, PORTAL, RunsOfTwoCallersTest::isShownToPortal);

        assertThat(again).isEqualTo(cancelled);
        assertThat(again.id()).isEqualTo(asked.id());
        assertThat(again.status()).isEqualTo(Status.CANCELLED);
        assertThat(now(owned).status()).isEqualTo(Status.SCHEDULED);
    }

    @Test
    void aCancellationAfterTheOwnRunWasRefusedSaysSo() {
        onRead(executives());
        attempted(request(PORTAL, null));
        var owned = request(OWNER, null);

        assertThatThrownBy(() -> deprovisioning.cancel(group, PORTAL, RunsOfTwoCallersTest::isShownToPortal))
                .hasMessageContaining("BLOCKED");

        assertThat(now(owned).status()).isEqualTo(Status.SCHEDULED);
    }

    @Test
    void aCallerHasOneSuchRunOfAGroupAlsoIfItAsksTwiceAtOnce() {
        var asked = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> request(PORTAL, null)))
                .toList();
        assertThat(asked.stream().map(CompletableFuture::join).map(Run::id).distinct())
                .hasSize(1);
    }

    @Test
    void aRefusedCallerConcludesNoDeletionOfAnother() {
        leavesDeletionOpen();
        onRead(noGroup(404));
        var other = new Caller("stranger");
        var command = new DeprovisionCommand(other, null, null, null, false, null);
        var asked = deprovisioning.request(group, command, new RequestAccess(false, run -> false, 1000));

        assertEnd(attempted(asked), Status.BLOCKED, ProblemType.GROUP_NOT_FOUND);

        var again = request(PORTAL, null);
        var confirming = attempted(again);
        assertThat(confirming.status()).isEqualTo(Status.WAITING);
        assertThat(confirming.held()).isTrue();
    }

    /** A run of a group named Sales that has failed after it sent the deletion. */
    private void leavesDeletionOpen() {
        onRead(with(), serverError());
        onDelete(serverError());
        var failed = request(OWNER, null);
        attempted(failed);
        time.step(Duration.ofDays(2));
        assertThat(attempted(failed).status()).isEqualTo(Status.FAILED);
        provider.resetScenarios();
    }

    @Test
    void aCallerHasNoMoreActiveRunsThanAllowed() {
        var caller = new Caller("many-" + group);
        var access = new RequestAccess(false, run -> false, 2);
        var command = new DeprovisionCommand(caller, null, null, tomorrow(), false, null);
        var first = group(1);
        deprovisioning.request(first, command, access);
        deprovisioning.request(group(2), command, new RequestAccess(true, run -> true, 2));

        assertThatThrownBy(() -> deprovisioning.request(group(3), command, access))
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.problem().type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
                    assertThat(refused.retryAfter()).isPresent();
                });
        assertThat(history.latest(group(3))).isEmpty();

        deprovisioning.request(first, command, access);
        deprovisioning.cancel(first, caller, run -> true);
        deprovisioning.request(group(3), command, access);
    }

    private GroupId group(int number) {
        return new GroupId(group + "." + number);
    }
}
