package dev.deprovisioner.providers;

import static dev.deprovisioner.providers.GenesysResource.NATIVE_GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.testbed.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A conflict is no proof that the group stays: Genesys Cloud may delete it after it has answered. */
class GenesysConflictTest extends GenesysPreset {

    private static final Answer CHANGED = ErrorForm.genesys().error(409, "general.conflict", "Changed meanwhile.");
    private static final Answer IN_PROGRESS =
            ErrorForm.genesys().error(409, "deletion.running", "A deletion is in progress.");
    private static final Answer STALE =
            ErrorForm.genesys().error(400, "bad.request", "The version does not match the current version.");

    private static boolean isDelete(ProviderRequest request) {
        return request.is("DELETE");
    }

    /** The group is deleted a minute after each DELETE, which is answered so. */
    private void deleteLaterButAnswer(Answer answer) {
        groups().lateness(Duration.ofMinutes(1));
        loseAnswers(GenesysConflictTest::isDelete, 99, answer);
    }

    @Test
    void takesAGroupThatIsGoneAfterAConflictForDeletedByThisRun() {
        createGroup(1);
        groups().lateness(Duration.ofSeconds(1));
        loseAnswers(GenesysConflictTest::isDelete, 1, CHANGED);

        assertDeleted(ended());
    }

    @Test
    void takesAGroupThatIsGoneAfterAVersionConflictForDeletedByThisRun() {
        createGroup(1);
        groups().lateness(Duration.ofSeconds(1));
        loseAnswers(GenesysConflictTest::isDelete, 1, STALE);

        assertDeleted(ended());
    }

    @Test
    void letsTheNextRunFindThatADeletionOfTheLastHasHappened() {
        createGroup(1);
        deleteLaterButAnswer(CHANGED);
        assertEnd(ended(), Status.FAILED, ProblemType.UPSTREAM_CONFLICT);
        time.step(Duration.ofMinutes(5));

        assertDeleted(ended());
    }

    @Test
    void doesNotSayThatNothingWasChangedOfAGroupThatMayStillBeDeleted() {
        createGroup(1);
        checked();
        createGroup(0);
        deleteLaterButAnswer(CHANGED);

        assertThat(ended().status()).isEqualTo(Status.FAILED);
        time.step(Duration.ofMinutes(5));
        assertDeleted(ended());
    }

    static Stream<Answer> conflicts() {
        return Stream.of(IN_PROGRESS, CHANGED, STALE);
    }

    @ParameterizedTest
    @MethodSource("conflicts")
    void waitsForAnAcceptedDeletionAlsoWhileItsRepetitionsMeetConflicts(Answer conflict) {
        createGroup(1);
        groups().lateness(Duration.ofMinutes(2));
        var deletes = new AtomicInteger();
        provider()
                .onRequest(request ->
                        isDelete(request) && deletes.getAndIncrement() > 0 ? Optional.of(conflict) : Optional.empty());

        assertDeleted(ended());

        assertThat(count("DELETE " + NATIVE_GROUP)).isGreaterThan(1);
    }
}
