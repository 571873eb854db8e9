package dev.deprovisioner.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** With a key, the sealer says of each entry whether a process with the key wrote it; it seals the others as well. */
@JdbcTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import(ChainStore.class)
@ExtendWith(OutputCaptureExtension.class)
@Isolated("Reads the log of this JVM")
class OtherWritersTest {

    private static final String KEY = key('k');
    private static final String OTHER = key('o');

    @Autowired
    private ChainStore chain;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private PlatformTransactionManager manager;

    private final Random random = new Random(1);

    /** Another test may have left the chain with another key. */
    @BeforeEach
    void goOnWithTheKey() {
        append(Trail.entry(random), KEY);
        seal(KEY, OTHER);
    }

    private static String key(char of) {
        return Base64.getEncoder().encodeToString(String.valueOf(of).repeat(32).getBytes(UTF_8));
    }

    private static AuditProperties keys(String... keys) {
        return new AuditProperties(List.of(keys), null);
    }

    private int seal(String... keys) {
        return new Sealing(chain, keys(keys), new TransactionTemplate(manager)).sealAll();
    }

    private AuditTrail trail(String... keys) {
        return new AuditTrail(JdbcClient.create(jdbc), keys(keys));
    }

    private void append(AuditEntry entry, String... keys) {
        new TransactionTemplate(manager)
                .executeWithoutResult(status -> trail(keys).append(entry));
    }

    private void insertAsAnotherRole(String action) {
        jdbc.update("""
                INSERT INTO audit_entry (occurred_at, group_id, action, status, latency_ms, webhook_synced, actor)
                VALUES (CURRENT_TIMESTAMP, 'sales', ?, 'SUCCESS', 0, FALSE, 'portal')
                """, action);
    }

    private @Nullable Boolean lastIsAuthentic() {
        return jdbc.queryForObject(
                "SELECT authentic FROM audit_entry WHERE sequence = (SELECT MAX(sequence) FROM audit_entry)",
                Boolean.class);
    }

    @Test
    void anEntryOfTheServiceIsAuthentic(CapturedOutput output) {
        append(Trail.entry(random), KEY);
        seal(OTHER, KEY);

        assertThat(lastIsAuthentic()).isTrue();
        assertThat(output).doesNotContain("no process with the key wrote");
    }

    @Test
    void aPurgeOfTheServiceIsAuthentic() {
        append(AuditEntry.purge(Trail.BEGIN, 1, "x"), KEY);
        seal(KEY);

        assertThat(lastIsAuthentic()).isTrue();
    }

    @Test
    void anEntryThatAnotherRoleInsertedIsSealedAndMarked(CapturedOutput output) {
        insertAsAnotherRole("DELETE");

        assertThat(seal(KEY)).isOne();

        assertThat(lastIsAuthentic()).isFalse();
        assertThat(output)
                .contains("Audit entries sealed that no process with the key wrote: 1, the first has the sequence "
                        + chain.head().sequence());
    }

    @Test
    void anEntryOfAProcessWithoutAKeyOrWithAnotherIsMarked() {
        append(Trail.entry(random));
        seal(KEY);
        assertThat(lastIsAuthentic()).isFalse();

        append(Trail.entry(random), OTHER);
        seal(KEY);
        assertThat(lastIsAuthentic()).isFalse();
    }

    @Test
    void theMacOfAnEntryProvesNoOther() {
        append(Trail.entry(random), KEY);
        seal(KEY);
        var mac = jdbc.queryForObject(
                "SELECT mac FROM audit_entry WHERE sequence = ?",
                String.class,
                chain.head().sequence());
        insertAsAnotherRole("DELETE");

        assertThatThrownBy(() -> copyMac(mac)).isInstanceOf(DuplicateKeyException.class);
        var contentHash =
                trail(KEY).sealed(chain.head().sequence(), 1).getFirst().contentHash();
        assertThat(keys(OTHER, KEY).hasWritten(contentHash, mac)).isTrue();
        for (var other : List.of(Objects.requireNonNull(mac).toUpperCase(Locale.ROOT), "", "0".repeat(96))) {
            assertThat(keys(KEY).hasWritten(contentHash, other)).isFalse();
        }
        seal(KEY);
    }

    private void copyMac(@Nullable String mac) {
        jdbc.update("""
                INSERT INTO audit_entry (occurred_at, group_id, action, status, latency_ms, webhook_synced, actor, mac)
                VALUES (CURRENT_TIMESTAMP, 'sales', 'DELETE', 'SUCCESS', 0, FALSE, 'portal', ?)
                """, mac);
    }

    @Test
    void aPurgeOfAnotherRoleDeletesNothing() {
        append(Trail.entry(random), KEY);
        seal(KEY);
        var last = chain.head();
        append(AuditEntry.purge(Trail.BEGIN, last.sequence(), last.hash()));
        seal(KEY);

        assertThat(trail(KEY).isPurgeAnnounced(last.sequence())).isFalse();
        assertThat(trail(KEY).deletePurged()).isZero();
    }
}
