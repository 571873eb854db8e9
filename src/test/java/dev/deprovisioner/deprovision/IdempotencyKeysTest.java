package dev.deprovisioner.deprovision;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;

import dev.deprovisioner.deprovision.IdempotencyKeys.Answered;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.GroupId;
import java.time.Instant;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.jdbc.JdbcTestUtils;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Keys in the database: whose they are, and for how long. */
@JdbcTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import({IdempotencyKeys.class, Deprovisions.class, DeprovisionRow.class})
@Execution(SAME_THREAD)
class IdempotencyKeysTest {

    private static final Caller ANOTHER = new Caller("another");
    private static final Caller PORTAL = new Caller("portal");
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00.123Z");
    private static final Instant EXPIRED = NOW.plus(IdempotencyKeys.KEPT);
    private static final IdempotencyKey KEY = new IdempotencyKey("Key-1");

    @Autowired
    private IdempotencyKeys keys;

    @Autowired
    private Deprovisions runs;

    @Autowired
    private TransactionTemplate transactions;

    @BeforeEach
    void empty(@Autowired JdbcTemplate jdbc) {
        JdbcTestUtils.deleteFromTables(jdbc, "idempotency_key", "group_snapshot", "deprovision");
    }

    private Answered answered(String group) {
        var run = Deprovision.requested(new GroupId(group), new RunRequest(PORTAL, null, NOW, null, null));
        runs.insert(run);
        return new Answered(new Fingerprint("f".repeat(64)), run.id());
    }

    @Test
    void belongsToItsCaller() {
        var answered = answered("g1");
        keys.insert(PORTAL, KEY, answered, NOW);

        assertThat(keys.find(PORTAL, KEY, NOW)).contains(answered);
        assertThat(keys.find(new Caller("Portal"), KEY, NOW)).isEmpty();
        assertThat(keys.find(PORTAL, new IdempotencyKey("key-1"), NOW)).isEmpty();
    }

    @Test
    void isTakenOnce() {
        keys.insert(PORTAL, KEY, answered("g1"), NOW);
        keys.insert(ANOTHER, KEY, answered("g2"), NOW);
        var late = answered("g3");

        assertThatThrownBy(() -> keys.insert(PORTAL, KEY, late, EXPIRED.minusMillis(1)))
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void isAwaitedWhileAnotherTransactionTakesIt() {
        var first = answered("g1");
        var second = answered("g2");
        try (var twin = Executors.newSingleThreadExecutor()) {
            var inserted = transactions.execute(status -> {
                keys.insert(PORTAL, KEY, first, NOW);
                return twin.submit(() -> keys.insert(PORTAL, KEY, second, NOW));
            });

            assertThat(inserted)
                    .isNotNull()
                    .failsWithin(ofSeconds(10))
                    .withThrowableThat()
                    .withCauseInstanceOf(DuplicateKeyException.class);
        }
        assertThat(keys.find(PORTAL, KEY, NOW)).contains(first);
    }

    @Test
    void isFreeAgainAfter24Hours() {
        keys.insert(PORTAL, KEY, answered("g1"), NOW);
        var next = answered("g2");

        assertThat(keys.find(PORTAL, KEY, EXPIRED.minusMillis(1))).isPresent();
        assertThat(keys.find(PORTAL, KEY, EXPIRED)).isEmpty();
        keys.insert(PORTAL, KEY, next, EXPIRED);
        assertThat(keys.find(PORTAL, KEY, EXPIRED)).contains(next);
    }

    @Test
    void isDeletedWhenItHasExpired() {
        keys.insert(PORTAL, KEY, answered("g1"), NOW);
        keys.insert(ANOTHER, KEY, answered("g2"), NOW.plusMillis(1));

        assertThat(keys.deleteExpired(EXPIRED)).isOne();
        assertThat(keys.find(ANOTHER, KEY, EXPIRED)).isPresent();
    }
}
