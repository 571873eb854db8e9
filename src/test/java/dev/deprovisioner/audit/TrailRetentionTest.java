package dev.deprovisioner.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.audit.AuditEntry.Action;
import dev.deprovisioner.audit.AuditEntry.Status;
import dev.deprovisioner.audit.AuditEntry.Subject;
import dev.deprovisioner.audit.ChainCheck.Result;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.testbed.SteppedTime;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Entries go when they are old enough and an entry in the chain says so; the chain stays verifiable. */
@JdbcTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import({AuditTrail.class, ChainStore.class, Verification.class, WithoutKeys.class, SteppedTime.class})
@ResourceLock("the audit tables")
class TrailRetentionTest {

    private static final Duration KEPT = Duration.ofDays(30);

    @Autowired
    private AuditTrail trail;

    @Autowired
    private ChainStore chain;

    @Autowired
    private Verification verification;

    @Autowired
    private DataSource dataSource;

    @Autowired
    private AuditProperties properties;

    /** One for all tests, for they share the database. */
    private static final SteppedTime time = new SteppedTime();

    private TransactionTemplate transactions = new TransactionTemplate();
    private ChainHead before = ChainHead.NONE;

    /** No bean, which would seal by itself now and then. */
    private int sealAll() {
        return new Sealing(chain, properties, transactions).sealAll();
    }

    @BeforeEach
    void begin() {
        transactions = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        // Purges the entries that other tests left.
        time.step(Duration.ofDays(3650));
        runTwice(KEPT);
        sealAll();
        before = chain.head();
    }

    private TrailRetention retention(Duration kept) {
        return new TrailRetention(chain, trail, new AuditProperties(List.of(), kept), transactions, time);
    }

    private void runTwice(Duration kept) {
        retention(kept).run();
        sealAll();
        retention(kept).run();
        sealAll();
    }

    private void append(int entries) {
        transactions.executeWithoutResult(status -> {
            var subject = new Subject(DeprovisionId.next(), new GroupId("sales"), new Caller("portal"), null, null);
            for (int i = 0; i < entries; i++) {
                trail.append(subject.entry(time.instant(), Action.REQUEST, Status.SUCCESS, 0, null, false));
            }
        });
        sealAll();
    }

    private List<AuditEntry> kept() {
        return trail.sealed(before.sequence() + 1, 100);
    }

    private void assertValid() {
        assertThat(verification.verify(Trail.AUDITOR, ChainHead.NONE, 10_000).broken())
                .isNull();
    }

    @Test
    void purgesFromTheBeginningWhatIsOldEnough() {
        append(3);
        time.step(KEPT.plusMillis(1));
        append(2);
        var last = kept().get(2);

        retention(KEPT).run();
        assertThat(kept()).as("as long as the purge is not sealed").hasSize(5);
        sealAll();
        retention(KEPT).run();

        assertThat(kept()).extracting(AuditEntry::action).containsExactly("REQUEST", "REQUEST", "PURGE");
        var purge = kept().getLast();
        assertThat(purge.purgedSequence()).isEqualTo(last.sequence());
        assertThat(purge.purgedHash())
                .isEqualTo(last.hash())
                .isEqualTo(kept().getFirst().previousHash());
        assertThat(verification.verify(Trail.AUDITOR, ChainHead.NONE, 10_000))
                .isEqualTo(new Result(3, null, null, purge.sequence()));
    }

    @Test
    void keepsWhatIsNotOldEnough() {
        append(3);
        time.step(KEPT);

        runTwice(KEPT);

        assertThat(kept()).hasSize(3);
        assertValid();
    }

    @Test
    void stopsAtTheFirstEntryThatIsYoung() {
        append(1);
        time.step(Duration.ofDays(10));
        append(1);
        time.step(Duration.ofDays(-10));
        append(1);
        time.step(KEPT.plusDays(1));

        runTwice(KEPT);

        assertThat(kept().stream().filter(entry -> entry.action().equals(Action.REQUEST.name())))
                .hasSize(2);
        assertValid();
    }

    @Test
    void recordsAPurgeOnce() {
        append(3);
        time.step(KEPT.plusDays(1));

        retention(KEPT).run();
        retention(KEPT).run();
        sealAll();
        retention(KEPT).run();
        sealAll();
        retention(KEPT).run();

        assertThat(kept()).singleElement().extracting(AuditEntry::action).isEqualTo("PURGE");
        assertValid();
    }

    /** Each was inserted by an intruder; it covers entries that are not sealed yet, or has a wrong hash. */
    @ParameterizedTest
    @CsvSource({"REQUEST, 3", "PURGE, 3", "PURGE, 2"})
    void isNotHeldUpByAForgedPurgeEntry(String action, int ahead) {
        append(2);
        new JdbcTemplate(dataSource)
                .update("""
                INSERT INTO audit_entry (occurred_at, action, status, latency_ms, webhook_synced, purged_sequence, purged_hash)
                VALUES (?, ?, 'SUCCESS', 0, FALSE, ?, 'x')
                """, time.instant().atOffset(ZoneOffset.UTC), action, before.sequence() + ahead);
        sealAll();
        time.step(KEPT.plusDays(1));

        runTwice(KEPT);

        assertThat(kept())
                .singleElement()
                .extracting(AuditEntry::purgedSequence)
                .isEqualTo(before.sequence() + 3);
        assertThat(kept().getFirst().purgedHash()).isNotEqualTo("x");
        assertValid();
    }

    /** The entry that records a purge reaches its retention too. */
    @Test
    void purgesAgainAndAgain() {
        for (int i = 0; i < 3; i++) {
            append(2);
            time.step(KEPT.plusDays(1));
            runTwice(KEPT);
            assertValid();
        }
        assertThat(kept()).extracting(AuditEntry::action).containsOnly("PURGE");
    }
}
