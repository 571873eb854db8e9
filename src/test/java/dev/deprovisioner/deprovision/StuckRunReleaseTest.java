package dev.deprovisioner.deprovision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import dev.deprovisioner.audit.AuditTrail;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.ProblemType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A run that cannot be read ends at its deadline, and is audited and announced as far as that is possible. */
class StuckRunReleaseTest extends RunTable {

    private final AuditTrail audit = mock();
    private final List<Object> events = new ArrayList<>();
    private boolean outboxIsFull;

    private DeprovisionId overdue() {
        var run = Runs.scheduled();
        runs.insert(run);
        runs.save(run.started(time.instant()).spelled(new GroupId("G1")));
        jdbc.sql("UPDATE deprovision SET steps = '[{'").update();
        time.step(Duration.ofHours(25));
        return run.id();
    }

    private boolean end(DeprovisionId id) {
        var properties = new DeprovisionProperties(Duration.ofHours(24), 4);
        return new StuckRunRelease(jdbc, row, audit, this::hear, properties, transactions, time).endIfOverdue(id);
    }

    private void hear(Object event) {
        if (outboxIsFull) {
            throw new IllegalStateException("The outbox is full");
        }
        assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                .isTrue();
        events.add(event);
    }

    private String status() {
        return jdbc.sql("SELECT status FROM deprovision").query(String.class).single();
    }

    @Test
    void itsEndIsPublishedWithoutWhatOnlyTheUnreadableRowKnows() {
        var id = overdue();

        assertThat(end(id)).isTrue();

        assertThat(status()).isEqualTo("FAILED");
        assertThat(events)
                .containsExactly(new RunEnded(
                        id, new GroupId("G1"), Status.FAILED, time.instant(), null, ProblemType.INTERNAL_ERROR, null));
    }

    @Test
    void isEndedAndAuditedAlsoIfItCannotBeAnnounced() {
        outboxIsFull = true;

        assertThat(end(overdue())).isTrue();

        assertThat(status()).isEqualTo("FAILED");
        verify(audit, times(2)).append(any());
    }

    @Test
    void isEndedAlsoIfItCannotBeAudited() {
        willThrow(new IllegalStateException("no space")).given(audit).append(any());

        assertThat(end(overdue())).isTrue();

        assertThat(status()).isEqualTo("FAILED");
        assertThat(events).isEmpty();
    }
}
