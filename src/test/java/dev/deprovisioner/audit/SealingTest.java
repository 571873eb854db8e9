package dev.deprovisioner.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.reset;

import dev.deprovisioner.audit.ChainCheck.Result;
import dev.deprovisioner.testbed.SteppedTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Committed entries are sealed in one chain without a gap, even if writers and sealers overlap, fail or are slow. */
@JdbcTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import({AuditTrail.class, ChainStore.class, Verification.class, WithoutKeys.class, SteppedTime.class})
@ResourceLock("the audit tables")
class SealingTest {

    @Autowired
    private AuditTrail trail;

    @MockitoSpyBean
    private ChainStore chain;

    @Autowired
    private Verification verification;

    @Autowired
    private DataSource dataSource;

    @Autowired
    private AuditProperties properties;

    private final Random random = new Random(1);
    private TransactionTemplate transactions = new TransactionTemplate();
    private ChainHead before = ChainHead.NONE;

    /** No bean, which would seal by itself now and then. */
    private int sealAll() {
        return new Sealing(chain, properties, transactions).sealAll();
    }

    @BeforeEach
    void begin() {
        transactions = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        sealAll();
        before = chain.head();
    }

    private AuditEntry append() {
        var entry = Trail.entry(random);
        transactions.executeWithoutResult(status -> trail.append(entry));
        return entry;
    }

    private List<AuditEntry> sealed() {
        return trail.sealed(before.sequence() + 1, 1000);
    }

    private void assertChained(int entries) {
        var sealed = sealed();
        assertThat(sealed).hasSize(entries);
        assertThat(verification.verify(Trail.AUDITOR, ChainHead.NONE, 10_000))
                .isEqualTo(new Result(before.sequence() + entries, null));
        assertThat(chain.head().sequence()).isEqualTo(before.sequence() + entries);
    }

    @Test
    void sealsWhatWasAppendedInThatOrder() {
        var first = append();
        var second = append();

        assertThat(sealAll()).isEqualTo(2);

        assertChained(2);
        assertThat(sealed().getFirst()).isEqualTo(seal(first, before));
        assertThat(sealed().getLast())
                .isEqualTo(seal(
                        second,
                        new ChainHead(
                                before.sequence() + 1,
                                Objects.requireNonNull(sealed().getFirst().hash()),
                                null)));
        assertThat(sealAll()).isZero();
    }

    private static AuditEntry seal(AuditEntry entry, ChainHead after) {
        return SealingKey.NONE.seal(entry, after);
    }

    @Test
    void isVerifiedAsItIsAtOneMoment() {
        append();
        sealAll();
        doAnswer(call -> {
                    var head = call.callRealMethod();
                    reset(chain);
                    CompletableFuture.runAsync(() -> {
                                append();
                                sealAll();
                            })
                            .join();
                    return head;
                })
                .when(chain)
                .head();

        assertThat(verification.verify(Trail.AUDITOR, ChainHead.NONE, 10_000))
                .isEqualTo(new Result(before.sequence() + 1, null));

        assertChained(2);
    }

    @Test
    void isVerifiedInPartsOfAnySize() {
        transactions.executeWithoutResult(
                status -> IntStream.range(0, 10).forEach(i -> trail.append(Trail.entry(random))));
        sealAll();
        for (int limit : List.of(1, 3, 10, 1000)) {
            long verified = 0;
            var result = new Result(0, null, before, null);
            while (result.next() != null) {
                result = verification.verify(Trail.AUDITOR, Objects.requireNonNull(result.next()), limit);
                assertThat(result.entries()).isLessThanOrEqualTo(limit);
                assertThat(result.broken()).isNull();
                verified += result.entries();
            }
            assertThat(verified).isEqualTo(10);
        }
    }

    @Test
    void sealsMoreThanABatch() {
        transactions.executeWithoutResult(
                status -> IntStream.range(0, 1001).forEach(i -> trail.append(Trail.entry(random))));

        assertThat(sealAll()).isEqualTo(1001);

        assertThat(verification.verify(Trail.AUDITOR, ChainHead.NONE, 10_000))
                .isEqualTo(new Result(before.sequence() + 1001, null));
    }

    /** The number of its row is lower, but a reader that follows the sequence has already passed it. */
    @Test
    void sealsAnEntryThatIsCommittedLateAfterThoseBeforeIt() {
        transactions.executeWithoutResult(late -> {
            var first = Trail.entry(random);
            trail.append(first);
            var second = elsewhere(this::append);
            assertThat(elsewhere(this::sealAll)).isEqualTo(1);
            assertThat(elsewhere(this::sealed)).singleElement().isEqualTo(seal(second, before));
        });

        assertThat(sealAll()).isEqualTo(1);
        assertChained(2);
    }

    private static <T> T elsewhere(Callable<T> task) {
        try (var thread = Executors.newSingleThreadExecutor()) {
            return thread.submit(task).get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void leavesItToAProcessThatSealsAlready() {
        append();
        transactions.executeWithoutResult(status -> {
            chain.lock();
            assertThat(elsewhere(this::sealAll)).isZero();
        });

        assertThat(sealAll()).isEqualTo(1);
    }

    @Test
    void sealsABatchAsAWholeOrNotAtAll() {
        append();
        append();
        doThrow(new IllegalStateException("Killed")).when(chain).advance(any(), any());
        assertThatThrownBy(this::sealAll).hasMessage("Killed");
        reset(chain);

        assertThat(sealed()).isEmpty();
        assertThat(sealAll()).isEqualTo(2);
        assertChained(2);
    }

    /** Four append, and now and then change their mind; three seal; one reads by sequence and misses none. */
    @Test
    void leavesNoGapWhereManyAppendAndSealAtOnce() throws Exception {
        var read = new ArrayList<AuditEntry>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var appending = IntStream.range(0, 4)
                    .mapToObj(number -> threads.submit(() -> appendSome(new Random(number))))
                    .toList();
            Callable<Boolean> done = () -> appending.stream().allMatch(future -> future.isDone());
            var sealers = IntStream.range(0, 3)
                    .mapToObj(number -> threads.submit(() -> {
                        while (!done.call()) {
                            sealAll();
                        }
                        return 0;
                    }))
                    .toList();
            while (!done.call()) {
                read(read);
            }
            for (var sealer : sealers) {
                sealer.get();
            }
        }
        sealAll();
        int known;
        do {
            known = read.size();
            read(read);
        } while (read.size() > known);

        int appended = 4 * 40 - 4 * 10;
        assertChained(appended);
        assertThat(read).isEqualTo(sealed());
        assertThat(new HashSet<>(read)).hasSize(appended);
    }

    private int appendSome(Random own) {
        for (int i = 0; i < 40; i++) {
            boolean undone = i % 4 == 0;
            transactions.executeWithoutResult(status -> {
                trail.append(Trail.entry(own));
                if (undone) {
                    status.setRollbackOnly();
                }
            });
        }
        return 0;
    }

    private void read(List<AuditEntry> read) {
        long after = read.isEmpty()
                ? before.sequence()
                : Objects.requireNonNull(read.getLast().sequence());
        trail.list(null, after, 7).stream()
                .filter(entry -> entry.sequence() != null)
                .forEach(read::add);
    }

    /** As it wrote before there was a chain. */
    @Test
    void sealsWhatThePreviousVersionOfTheServiceAppends() {
        new JdbcTemplate(dataSource).update("""
                INSERT INTO audit_entry (occurred_at, group_id, action, status, latency_ms, error, webhook_synced,
                                         deprovision_id, actor, reason)
                VALUES (CURRENT_TIMESTAMP, 'sales', 'REQUEST', 'SUCCESS', 0, NULL, FALSE, 'run', 'portal', NULL)
                """);

        assertThat(sealAll()).isEqualTo(1);
        assertChained(1);
    }

    /** During an update both versions run: what only the newer one knows is part of the chain all the same. */
    @Test
    void readsAndSealsWhatTheNextVersionOfTheServiceAppends() {
        append();
        new JdbcTemplate(dataSource).update("""
                INSERT INTO audit_entry (occurred_at, group_id, action, status, latency_ms, webhook_synced)
                VALUES (CURRENT_TIMESTAMP, 'sales', 'SOMETHING_NEW', 'UNHEARD_OF', 0, FALSE)
                """);
        append();
        assertThat(trail.list(null, before.sequence(), 10)).hasSize(3);

        assertThat(sealAll()).isEqualTo(3);

        assertChained(3);
        assertThat(AuditTrail.line(sealed().get(1))).contains("\"action\":\"SOMETHING_NEW\",\"status\":\"UNHEARD_OF\"");
    }

    @Test
    void showsTheUnsealedLastInEveryPage() {
        append();
        append();
        sealAll();
        var unsealed = append();

        var all = trail.list(null, before.sequence(), 10);
        assertThat(all)
                .extracting(AuditEntry::sequence)
                .containsExactly(before.sequence() + 1, before.sequence() + 2, null);
        assertThat(all.getLast()).isEqualTo(unsealed);
        assertThat(trail.list(null, before.sequence(), 2)).isEqualTo(all.subList(0, 2));
        assertThat(trail.list(null, before.sequence() + 1, 10)).isEqualTo(all.subList(1, 3));
        assertThat(trail.list(null, before.sequence() + 2, 10)).containsExactly(unsealed);
        assertThat(chain.countUnsealed().entries()).isEqualTo(1);
        assertThat(chain.countUnsealed().oldest()).isEqualTo(unsealed.timestamp());
        sealAll();
        assertThat(chain.countUnsealed()).isEqualTo(new UnsealedEntries.Count(0, null));
    }
}
