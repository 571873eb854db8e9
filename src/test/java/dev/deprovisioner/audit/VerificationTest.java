package dev.deprovisioner.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.spy;

import dev.deprovisioner.audit.AuditController.Next;
import dev.deprovisioner.audit.AuditController.Verdict;
import dev.deprovisioner.audit.ChainCheck.Result;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.testbed.SteppedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.test.jdbc.JdbcTestUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** The embedded database does not refuse changes to the table; verification finds and names each of them. */
@JdbcTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import({AuditTrail.class, ChainStore.class, WithoutKeys.class})
@Tag("slow")
@ResourceLock("the audit tables")
class VerificationTest {

    private static final String KEY = key('k');
    private static final String OTHER = key('o');
    private static final int ENTRIES = 1500;

    private final SteppedTime time = new SteppedTime();

    @Autowired
    private AuditTrail trail;

    @Autowired
    private ChainStore chain;

    @Autowired
    private PlatformTransactionManager manager;

    @Autowired
    private JdbcTemplate jdbc;

    @BeforeEach
    void begin() {
        JdbcTestUtils.deleteFromTables(jdbc, "audit_entry");
        jdbc.update("UPDATE audit_chain SET sequence = 0, key_id = NULL, hash = ?", ChainHead.NONE.hash());
    }

    private static String key(char of) {
        return Base64.getEncoder().encodeToString(String.valueOf(of).repeat(32).getBytes(UTF_8));
    }

    private static AuditProperties keys(String... keys) {
        return new AuditProperties(List.of(keys), null);
    }

    private void append(int entries) {
        var random = new Random(1);
        new TransactionTemplate(manager).executeWithoutResult(status -> {
            for (int i = 0; i < entries; i++) {
                trail.append(Trail.entry(random));
            }
        });
    }

    private int seal(String... keys) {
        return new Sealing(chain, keys(keys), new TransactionTemplate(manager)).sealAll();
    }

    private Verdict verdict(String... keys) {
        var verification = new Verification(trail, chain, keys(keys), manager, time);
        return part(new AuditController(trail, verification), 0, null, Verification.MAX_LIMIT);
    }

    private static Verdict part(AuditController controller, long after, @Nullable String hash, int limit) {
        return controller.verification(
                after, hash, limit, new TestingAuthenticationToken(Trail.AUDITOR.value(), "token"));
    }

    @Test
    void isValidAsItWasSealed() {
        assertThat(verdict()).isEqualTo(new Verdict(true, 0, true, null, null, null));
        append(ENTRIES);
        seal();
        append(3);
        assertThat(verdict()).isEqualTo(new Verdict(true, ENTRIES, true, null, null, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE audit_entry SET actor = 'intruder' WHERE sequence = 1200      | 1200",
                "UPDATE audit_entry SET action = 'PAINT' WHERE sequence = 1200        | 1200",
                "UPDATE audit_entry SET status = '' WHERE sequence = 1200             | 1200",
                "UPDATE audit_entry SET sequence = NULL WHERE sequence = 1200         | 1200",
                "DELETE FROM audit_entry WHERE sequence = 1200                        | 1200",
                "DELETE FROM audit_entry WHERE sequence < 1200                        | 1",
                "DELETE FROM audit_entry WHERE sequence > 1200                        | 1201",
                "DELETE FROM audit_entry WHERE sequence IS NOT NULL                   | 1",
                "UPDATE audit_entry SET occurred_at = CURRENT_TIMESTAMP WHERE sequence = 1500 | 1500",
                "UPDATE audit_chain SET sequence = 1499                               | 1500",
                "UPDATE audit_chain SET hash = 'x'                                    | 1500"
            })
    void namesTheFirstEntryThatIsBroken(String sql, long firstBroken) {
        append(ENTRIES);
        seal();

        jdbc.update(sql);

        var verdict = verdict();
        assertThat(verdict.valid()).isFalse();
        assertThat(verdict.firstBroken()).isEqualTo(firstBroken);
        assertThat(verdict.entries()).isLessThanOrEqualTo(ENTRIES);
    }

    /** So that a script finds it, too. */
    @Test
    void exportsWhatWasChangedAsItIs() {
        append(3);
        seal();
        var before = export();

        jdbc.update("UPDATE audit_entry SET action = 'PAINT', status = 'WELL' WHERE sequence = 2");

        assertThat(export())
                .hasSize(3)
                .contains(before.getFirst(), before.getLast())
                .element(1, STRING)
                .contains("\"action\":\"PAINT\",\"status\":\"WELL\"");
    }

    private List<String> export() {
        var verification = new Verification(trail, chain, keys(), manager, time);
        return new AuditController(trail, verification)
                .lines(null, 0, 1000)
                .lines()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void refusesAnEntryBeforeTheFirstOrFindsIt(long sequence) {
        append(3);
        seal();
        append(1);
        var insertion = "UPDATE audit_entry SET sequence = " + sequence + " WHERE sequence IS NULL";
        assertThatThrownBy(() -> jdbc.update(insertion)).isInstanceOf(DataIntegrityViolationException.class);

        jdbc.execute("ALTER TABLE audit_entry DROP CONSTRAINT audit_entry_counts_from_one");
        try {
            assertThat(jdbc.update(insertion)).isOne();
            assertThat(verdict().firstBroken()).isEqualTo(sequence);
            purgeTheFirst();
            assertThat(verdict().firstBroken()).as("no purge covers it").isEqualTo(sequence);
        } finally {
            jdbc.update("DELETE FROM audit_entry WHERE sequence < 1");
            jdbc.execute("ALTER TABLE audit_entry ADD CONSTRAINT audit_entry_counts_from_one CHECK (sequence > 0)");
        }
        assertThat(verdict().valid()).isTrue();
    }

    private void purgeTheFirst() {
        var hash = Objects.requireNonNull(trail.sealed(1, 1).getFirst().hash());
        new TransactionTemplate(manager)
                .executeWithoutResult(status -> trail.append(AuditEntry.purge(Trail.BEGIN, 1, hash)));
        seal();
        assertThat(trail.deletePurged()).isOne();
    }

    @Test
    void goesOnWithAKeyAndThenWithAnother() {
        append(5);
        seal();
        append(5);
        seal(KEY);
        append(5);
        seal(OTHER, KEY);

        assertThat(verdict(OTHER, KEY)).isEqualTo(new Verdict(true, 15, true, null, null, null));
        assertThat(verdict(OTHER).firstBroken()).isEqualTo(6);
    }

    @Test
    void saysNothingOfAChainWhoseKeyItDoesNotHave() {
        append(5);
        seal(KEY);
        append(5);

        assertThatThrownBy(() -> seal()).hasMessageContaining("goes on only with a key");
        assertThatThrownBy(() -> seal(OTHER)).hasMessageContaining("goes on only with a key");
        assertThat(chain.countUnsealed().entries()).isEqualTo(5);
        assertThatThrownBy(() -> verdict())
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().type()).isEqualTo(ProblemType.UNAVAILABLE));
        assertThat(seal(OTHER, KEY)).isEqualTo(5);
    }

    @Test
    void showsNoKey() {
        assertThat(keys(KEY, OTHER)).asString().doesNotContain(KEY, OTHER);
        assertThat(SealingKey.of(KEY)).asString().doesNotContain(KEY);
        assertThat(SealingKey.of(KEY).id())
                .hasSize(16)
                .isNotEqualTo(SealingKey.of(OTHER).id());
    }

    @Test
    void goesOnFromPartToPart() {
        append(7);
        seal();
        append(3);
        seal(KEY);
        var controller = new AuditController(trail, new Verification(trail, chain, keys(KEY), manager, time));
        var answers = new ArrayList<Verdict>();
        var next = new Next(0, "");
        while (next != null) {
            var answer = part(controller, next.sequence(), next.sequence() == 0 ? null : next.hash(), 4);
            answers.add(answer);
            next = answer.next();
        }

        assertThat(answers).extracting(Verdict::entries).containsExactly(4L, 4L, 2L);
        assertThat(answers).extracting(Verdict::complete).containsExactly(false, false, true);
        assertThat(answers).extracting(Verdict::valid).containsOnly(true);
    }

    @Test
    void isCompleteWhereTheLimitIsTheEnd() {
        append(4);
        seal();
        var controller = new AuditController(trail, new Verification(trail, chain, keys(), manager, time));

        assertThat(part(controller, 0, null, 4)).isEqualTo(new Verdict(true, 4, true, null, null, null));
        var last = chain.head();
        assertThat(part(controller, 4, last.hash(), 4)).isEqualTo(new Verdict(true, 0, true, null, null, null));
        assertThat(part(controller, 5, last.hash(), 4).firstBroken()).isEqualTo(5);
        assertThat(part(controller, 3, last.hash(), 4).firstBroken()).isEqualTo(3);
    }

    @Test
    void goesOnWhereAPurgeTookWhatItHadChecked() {
        append(3);
        seal();
        var controller = new AuditController(trail, new Verification(trail, chain, keys(), manager, time));
        var next = Objects.requireNonNull(part(controller, 0, null, 1).next());

        purgeTheFirst();

        assertThat(part(controller, next.sequence(), next.hash(), 10))
                .isEqualTo(new Verdict(true, 3, true, null, "The beginning was purged, as entry 4 says.", null));
    }

    @ParameterizedTest
    @CsvSource({"0, , 0", "0, , 100001", "-1, , 5", "1, , 5", "0, HASH, 5", "1, x, 5"})
    void refusesWhatIsNoPart(long after, @Nullable String hash, int limit) {
        var controller = new AuditController(trail, new Verification(trail, chain, keys(), manager, time));
        var afterHash = "HASH".equals(hash) ? "0".repeat(64) : hash;

        assertThatThrownBy(() -> part(controller, after, afterHash, limit))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().type()).isEqualTo(ProblemType.INVALID_REQUEST));
    }

    @Test
    void refusesASecondPassAtTheSameTimeWhichComesNext() {
        append(1);
        seal();
        var other = new Caller("other");
        var slow = spy(chain);
        var verification = new Verification(trail, slow, keys(), manager, time);
        doAnswer(call -> {
                    assertRefused(() -> elsewhere(verification, other));
                    return call.callRealMethod();
                })
                .when(slow)
                .head();

        assertThat(verification.verify(Trail.AUDITOR, ChainHead.NONE, 5)).isEqualTo(new Result(1, null));
        reset(slow);
        assertRefused(() -> elsewhere(verification, Trail.AUDITOR));
        assertThat(verification.verify(other, ChainHead.NONE, 5)).isEqualTo(new Result(1, null));
        assertThat(verification.verify(Trail.AUDITOR, ChainHead.NONE, 5)).isEqualTo(new Result(1, null));
    }

    private static void assertRefused(ThrowingCallable pass) {
        assertThatThrownBy(pass)
                .hasRootCauseInstanceOf(ProblemException.class)
                .rootCause()
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().type()).isEqualTo(ProblemType.UNAVAILABLE);
                    assertThat(e.retryAfter()).contains(Duration.ofSeconds(5));
                });
    }

    private static Result elsewhere(Verification verification, Caller caller) {
        return CompletableFuture.supplyAsync(() -> verification.verify(caller, ChainHead.NONE, 5))
                .join();
    }
}
