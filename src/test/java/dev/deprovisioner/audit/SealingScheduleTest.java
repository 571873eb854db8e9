package dev.deprovisioner.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockingDetails;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** When entries are sealed, second by second. */
@JdbcTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import({AuditTrail.class, WithoutKeys.class})
@ResourceLock("the audit tables")
class SealingScheduleTest {

    @Autowired
    private AuditTrail trail;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private JdbcClient jdbc;

    private final Sealing sealing = mock(Sealing.class);

    private SealingSchedule schedule() {
        return new SealingSchedule(sealing, trail);
    }

    @BeforeEach
    void forgetNewEntries() {
        trail.hasNewEntries();
    }

    /** They are committed, and other tests have the same database. */
    @AfterEach
    void deleteEntries() {
        jdbc.sql("DELETE FROM audit_entry").update();
    }

    private void append() {
        new TransactionTemplate(transactions).executeWithoutResult(status -> trail.append(Trail.entry(new Random(1))));
    }

    private int seals(SealingSchedule schedule, int seconds) {
        clearInvocations(sealing);
        IntStream.range(0, seconds).forEach(second -> schedule.everySecond());
        return mockingDetails(sealing).getInvocations().size();
    }

    @Test
    void looksAtOnceForEntriesOfAnEarlierProcess() {
        assertThat(seals(schedule(), 1)).isOne();
    }

    @Test
    void looksEachFiveSecondsForEntriesOfOtherProcesses() {
        var schedule = schedule();
        seals(schedule, 1);

        assertThat(seals(schedule, 4)).isZero();
        assertThat(seals(schedule, 1)).isOne();
        assertThat(seals(schedule, 50)).isEqualTo(10);
    }

    @Test
    void sealsWhatThisProcessHasWrittenAtTheNextSecond() {
        var schedule = schedule();
        seals(schedule, 2);

        append();

        assertThat(seals(schedule, 1)).isOne();
        assertThat(seals(schedule, 1)).isZero();
    }

    @Test
    void doesNotLookForEntriesThatWereRolledBack() {
        var schedule = schedule();
        seals(schedule, 1);

        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            trail.append(Trail.entry(new Random(1)));
            status.setRollbackOnly();
        });

        assertThat(seals(schedule, 1)).isZero();
    }

    @Test
    void triesAgainEachSecondAfterAFailure() {
        var schedule = schedule();
        doThrow(new QueryTimeoutException("slow")).when(sealing).sealAll();

        assertThat(seals(schedule, 3)).isEqualTo(3);

        doReturn(1).when(sealing).sealAll();
        assertThat(seals(schedule, 1)).isOne();
        assertThat(seals(schedule, 1)).isZero();
    }
}
