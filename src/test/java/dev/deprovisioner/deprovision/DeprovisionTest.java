package dev.deprovisioner.deprovision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.deprovisioner.deprovision.GroupSnapshot.Listing;
import dev.deprovisioner.deprovision.GroupSnapshot.Member;
import dev.deprovisioner.deprovision.Step.State;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The transitions of a run, and those that it refuses. */
class DeprovisionTest {

    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final Problem PROBLEM = new Problem(ProblemType.UPSTREAM_UNAVAILABLE, "It is not there.");

    private final Deprovision requested = Deprovision.requested(
            new GroupId("g"), new RunRequest(new Caller("portal"), null, NOW, "Team was dissolved", null));
    private final Deprovision running = requested.started(NOW);
    private final Deprovision validated = running.validated(group("a", "b"), 2, List.of(), NOW);
    private final Deprovision emptied = removedAll(validated).emptied(NOW);
    private final Deprovision gone = intending(emptied).confirmedGone(Outcome.DELETED, NOW);

    private static GroupSnapshot group(String... members) {
        var list = Arrays.stream(members)
                .map(id -> new Member(new MemberId(id), false))
                .toList();
        return new GroupSnapshot("Group", null, list, null, Listing.COMPLETE, "group", null);
    }

    private static Progress listed(int total, int checked, int removed) {
        return new Progress(null, "Group", true, total, checked, removed, "group", List.of());
    }

    private static Deprovision intending(Deprovision run) {
        return run.sent(sent -> sent.intending(List.of()));
    }

    private static Deprovision removedAll(Deprovision run) {
        var members = List.of(new MemberId("a"), new MemberId("b"));
        return run.sent(sent -> sent.intending(members)).sent(sent -> sent.afterRead(members));
    }

    private static State state(Deprovision run, Step step) {
        return run.steps().of(step).state();
    }

    @Test
    void walksItsStepsToSuccess() {
        var done = gone.succeeded(true, NOW.plusSeconds(1));
        assertThat(done.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(done.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertThat(done.steps().records()).extracting(StepRecord::state).containsOnly(State.SUCCEEDED);
        assertThat(done.progress()).isEqualTo(listed(2, 2, 2));
        assertThat(done.timeline().finishedAt()).isEqualTo(NOW.plusSeconds(1));
        assertThat(done.webhookSynced()).isFalse();
    }

    @Test
    void saysNothingOfAWebhookThatThereIsNot() {
        var done = gone.succeeded(false, NOW);
        assertThat(state(done, Step.SYNC_DIRECTORY)).isEqualTo(State.SKIPPED);
        assertThat(done.webhookSynced()).isNull();
    }

    @Test
    void skipsTheDeletionOfAGroupThatVanished() {
        var vanished = validated.confirmedGone(Outcome.ALREADY_ABSENT, NOW);
        assertThat(state(vanished, Step.DELETE_GROUP)).isEqualTo(State.SKIPPED);
        assertThat(vanished.step()).isEqualTo(Step.SYNC_DIRECTORY);
    }

    @Test
    void abandonedBeforeTheNotificationItDoesNotDoubtTheDeletion() {
        var problem = Objects.requireNonNull(gone.abandoned(NOW).verdict().problem());
        assertThat(problem.type()).isNotEqualTo(ProblemType.DELETE_NOT_VERIFIED);
        assertThat(problem.detail())
                .contains("proven gone", "before the receiver was notified", "removed 2 members")
                .doesNotContain("no read");
    }

    @Test
    void isBlockedByARefusalAsLongAsNothingElseWasSent() {
        var blocked = intending(validated)
                .sent(sent -> sent.withdrawn(WriteIntents.NOTHING))
                .blocked(PROBLEM, List.of(), Progress.UNKNOWN, NOW);
        assertThat(blocked.status()).isEqualTo(Status.BLOCKED);
        var failed = intending(emptied)
                .sent(sent -> sent.withdrawn(WriteIntents.NOTHING))
                .blocked(PROBLEM, List.of(), Progress.UNKNOWN, NOW);
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.progress()).isEqualTo(emptied.progress());
    }

    @Test
    void goesBackToValidationThreeTimes() {
        var run = validated;
        for (int i = 0; i < 3; i++) {
            run = run.changed(PROBLEM, NOW);
            assertThat(run.step()).isEqualTo(Step.VALIDATE);
            assertThat(state(run, Step.REMOVE_MEMBERS)).isEqualTo(State.PENDING);
            run = run.validated(group("a"), 1, List.of(), NOW);
        }
        assertThat(run.changed(PROBLEM, NOW).status()).isEqualTo(Status.FAILED);
    }

    @Test
    void countsMembersWhoWereRemovedBeforeItWentBack() {
        var again = removedAll(validated).changed(PROBLEM, NOW).validated(group("c"), 1, List.of(), NOW);
        assertThat(again.progress()).isEqualTo(listed(3, 1, 2));
        var members = List.of(new MemberId("c"));
        var emptiedAgain = again.sent(sent -> sent.intending(members)).sent(sent -> sent.afterRead(members));
        assertThat(emptiedAgain.emptied(NOW).progress().membersRemoved()).isEqualTo(3);
    }

    @Test
    void remembersWhatWasSentWhenItGoesBack() {
        var back = intending(validated).sent(sent -> sent.accepted(NOW)).changed(PROBLEM, NOW);
        assertThat(back.steps().of(Step.REMOVE_MEMBERS).sent().intents()).isEqualTo(1);
    }

    @Test
    void skipsTheRemovalWhereTheMembersAreNotShown() {
        var unlisted = running.validated(
                new GroupSnapshot("Group", null, List.of(), null, Listing.NONE, "group", null), 0, List.of(), NOW);
        assertThat(unlisted.step()).isEqualTo(Step.DELETE_GROUP);
        assertThat(state(unlisted, Step.REMOVE_MEMBERS)).isEqualTo(State.SKIPPED);
        assertThat(unlisted.progress())
                .isEqualTo(new Progress(
                        null,
                        "Group",
                        false,
                        null,
                        null,
                        null,
                        "group",
                        Warning.of(
                                new GroupSnapshot("Group", null, List.of(), null, Listing.NONE, "group", null),
                                List.of(),
                                List.of())));
        assertThat(unlisted.progress().warnings()).extracting(Warning::type).containsExactly("members-not-seen");
    }

    @Test
    void goesBackWithoutCountingItWhenItsValidationIsTooOld() {
        var again = validated.outdated(NOW);
        assertThat(again.step()).isEqualTo(Step.VALIDATE);
        assertThat(again.timeline().revalidations()).isZero();
        assertThat(again.hasSeenGroup()).isTrue();
    }

    @Test
    void waitsAndGoesOnAtTheSameStep() {
        var waiting = validated.parked(PROBLEM, NOW.plusSeconds(5), true);
        assertThat(waiting.status()).isEqualTo(Status.WAITING);
        assertThat(waiting.timeline().nextAttemptAt()).isEqualTo(NOW.plusSeconds(5));
        var resumed = waiting.started(NOW.plusSeconds(5));
        assertThat(resumed.step()).isEqualTo(Step.REMOVE_MEMBERS);
        assertThat(resumed.timeline().attempt()).isEqualTo(2);
        assertThat(resumed.timeline().startedAt()).isEqualTo(NOW);
    }

    @Test
    void spendsNoAttemptOnAPauseThatTheProviderAsksFor() {
        var resumed = validated.parked(PROBLEM, NOW.plusSeconds(60), false).started(NOW.plusSeconds(60));
        assertThat(resumed.timeline().attempt()).isEqualTo(1);
    }

    @Test
    void remembersWhyItWaitedOnlyAfterTheWholeWait() {
        var waiting = validated.parked(PROBLEM, NOW.plusSeconds(60), true);

        assertThat(waiting.started(NOW.plusSeconds(60)).verdict().problem()).isEqualTo(PROBLEM);
        assertThat(waiting.started(NOW.plusSeconds(59)).verdict().problem()).isNull();
    }

    @Test
    void forgetsAnAcceptanceWhenItSendsAgain() {
        var sentTwice = intending(intending(validated).sent(sent -> sent.accepted(NOW)));
        assertThat(sentTwice.current().sent().acceptedAt()).isNull();
        assertThat(sentTwice.current().sent().intents()).isEqualTo(2);
    }

    @Test
    void refusesWhatDoesNotFollow() {
        var ended = running.failed(PROBLEM, List.of(), NOW);
        assertThatIllegalStateException().isThrownBy(() -> ended.started(NOW));
        assertThatIllegalStateException().isThrownBy(() -> ended.blocked(PROBLEM, List.of(), Progress.UNKNOWN, NOW));
        assertThatIllegalStateException().isThrownBy(() -> intending(requested));
        assertThatIllegalStateException().isThrownBy(() -> requested.confirmedGone(Outcome.DELETED, NOW));
        assertThatIllegalStateException().isThrownBy(() -> running.woken(NOW));
    }
}
