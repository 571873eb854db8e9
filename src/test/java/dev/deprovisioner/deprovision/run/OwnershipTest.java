package dev.deprovisioner.deprovision.run;

import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.Deprovisions;
import dev.deprovisioner.deprovision.Step;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.OptimisticLockingFailureException;

/** A process that lost a run to another one sends no further request that changes the group. */
class OwnershipTest extends StubbedProvider {

    @Autowired
    private Deprovisions runs;

    @Autowired
    private StepAttempt attempts;

    @Autowired
    private AttemptRecorder recorder;

    @BeforeEach
    void failingWrites() {
        onPatch(status(500));
        onDelete(status(500));
    }

    @Test
    void aStaleOwnerSendsNoRemoval() {
        onRead(with("ann"));
        var stale = ownedBefore(begun());

        assertThat(stale.step()).isEqualTo(Step.REMOVE_MEMBERS);
        assertThatThrownBy(() -> attempts.perform(stale, null, lease))
                .isInstanceOf(OptimisticLockingFailureException.class);

        assertSent(3, 1, 0);
    }

    @Test
    void aStaleOwnerSendsNoDeletion() {
        onRead(with());
        var stale = ownedBefore(begun());

        assertThat(stale.step()).isEqualTo(Step.DELETE_GROUP);
        assertThatThrownBy(() -> attempts.perform(stale, null, lease))
                .isInstanceOf(OptimisticLockingFailureException.class);

        assertSent(3, 0, 1);
    }

    /** Such as a process that was stopped for longer than its lease, and goes on. */
    @Test
    void aStaleOwnerCannotRecordItsStep() {
        onRead(with("ann"));
        var stale = runs.save(requested().started(time.instant()));
        var owned = runs.save(stale.started(time.instant()));
        recorder.record(List.of(attempts.perform(owned, null, lease)));
        var late = attempts.perform(stale, null, lease);

        assertThatThrownBy(() -> recorder.record(List.of(late))).isInstanceOf(OptimisticLockingFailureException.class);

        assertThat(latest().step()).isEqualTo(Step.REMOVE_MEMBERS);
        assertThat(trail()).containsExactly("REQUEST SUCCESS", "VALIDATE SUCCESS");
    }

    private Deprovision ownedBefore(Deprovision waiting) {
        var owned = runs.save(waiting.started(time.instant()));
        runs.save(owned.started(time.instant()));
        return owned;
    }
}
