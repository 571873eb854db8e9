package dev.deprovisioner.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deprovisioner.testbed.Postgres;
import dev.deprovisioner.testbed.SteppedTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** The table itself refuses what the service never does, to the service's role and to the owner. */
@Tag("slow")
class AuditGuardPostgresTest {

    private static final Postgres DATABASE = Postgres.create().migrated();

    private final JdbcTemplate application = new JdbcTemplate(DATABASE.application());
    private final JdbcTemplate owner = new JdbcTemplate(DATABASE.owner());
    private List<Map<String, @Nullable Object>> content = List.of();

    /** Two sealed entries, and one that is not. */
    @BeforeAll
    static void fill() {
        var service = new Service(DATABASE);
        service.append(2);
        service.sealing.sealAll();
        service.append(1);
    }

    /** What of the service works on the trail. */
    private static final class Service {

        private final Random random = new Random(1);
        private final JdbcTemplate jdbc;
        private final TransactionTemplate transactions;
        private final AuditTrail trail;
        private final Sealing sealing;
        private final Verification verification;

        Service(Postgres database) {
            var dataSource = database.application();
            this.jdbc = new JdbcTemplate(dataSource);
            var manager = new DataSourceTransactionManager(dataSource);
            var properties = new AuditProperties(List.of(), null);
            var chain = new ChainStore(dataSource);
            this.transactions = new TransactionTemplate(manager);
            this.trail = new AuditTrail(JdbcClient.create(jdbc), properties);
            this.sealing = new Sealing(chain, properties, transactions);
            this.verification = new Verification(trail, chain, properties, manager, new SteppedTime());
        }

        void append(int entries) {
            IntStream.range(0, entries).forEach(i -> append(Trail.entry(random)));
        }

        void append(AuditEntry entry) {
            transactions.executeWithoutResult(status -> trail.append(entry));
        }

        @Nullable
        Long firstBroken() {
            var broken =
                    verification.verify(Trail.AUDITOR, ChainHead.NONE, 10_000).broken();
            return broken == null ? null : broken.sequence();
        }

        String hash(long sequence) {
            return Objects.requireNonNull(trail.sealed(sequence, 1).getFirst().hash());
        }

        void assertKeeps(String sql) {
            assertThatThrownBy(() -> jdbc.update(sql)).rootCause().hasMessageContaining("audit_entry keeps");
        }
    }

    @BeforeEach
    void remember() {
        content = content();
    }

    private List<Map<String, @Nullable Object>> content() {
        return application.queryForList("SELECT * FROM audit_entry, audit_chain ORDER BY audit_entry.id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM audit_entry",
                "DELETE FROM audit_entry WHERE sequence = 1",
                "DELETE FROM audit_entry WHERE sequence IS NULL",
                "UPDATE audit_entry SET actor = 'intruder'",
                "UPDATE audit_entry SET actor = 'intruder' WHERE sequence IS NULL",
                "UPDATE audit_entry SET reason = 'because', sequence = 9, previous_hash = 'x', hash = 'x' WHERE sequence IS NULL",
                "UPDATE audit_entry SET sequence = 9 WHERE sequence IS NULL",
                "UPDATE audit_entry SET sequence = NULL, previous_hash = NULL, hash = NULL WHERE sequence = 2",
                "UPDATE audit_entry SET sequence = 9 WHERE sequence = 2",
                "UPDATE audit_entry SET hash = 'x' WHERE sequence = 2",
                "UPDATE audit_entry SET content_hash = 'x' WHERE sequence = 2",
                "UPDATE audit_entry SET format = NULL WHERE sequence = 2",
                "UPDATE audit_entry SET authentic = TRUE WHERE sequence = 2",
                "UPDATE audit_entry SET mac = 'x' WHERE sequence = 2",
                "UPDATE audit_entry SET details = '{}' WHERE sequence = 2",
                "UPDATE audit_entry SET content_hash = 'x', format = 1 WHERE sequence IS NULL",
                "UPDATE audit_entry SET mac = 'x', sequence = 9, previous_hash = 'x', hash = 'x' WHERE sequence IS NULL",
                "UPDATE audit_entry SET details = '{}', sequence = 9, previous_hash = 'x', hash = 'x' WHERE sequence IS NULL",
                "INSERT INTO audit_entry (occurred_at, action, status, latency_ms, webhook_synced, authentic)"
                        + " VALUES (now(), 'PURGE', 'SUCCESS', 0, FALSE, TRUE)",
                "INSERT INTO audit_entry (occurred_at, action, status, latency_ms, webhook_synced, content_hash, format)"
                        + " VALUES (now(), 'PURGE', 'SUCCESS', 0, FALSE, 'x', 1)",
                "INSERT INTO audit_entry (occurred_at, action, status, latency_ms, webhook_synced, sequence, previous_hash, hash)"
                        + " VALUES (now(), 'PURGE', 'SUCCESS', 0, FALSE, 9, 'x', 'x')",
                "TRUNCATE audit_entry",
                "UPDATE audit_chain SET sequence = 1",
                "UPDATE audit_chain SET hash = 'x'",
                "DELETE FROM audit_chain",
                "INSERT INTO audit_chain (id, sequence, hash) VALUES (2, 0, 'x')",
                "TRUNCATE audit_chain"
            })
    void refuses(String sql) {
        for (var who : List.of(owner, application)) {
            assertThatThrownBy(() -> who.update(sql))
                    .rootCause()
                    .message()
                    .containsAnyOf(
                            "audit_entry is insert-only",
                            "audit_entry keeps",
                            "audit_entry takes no",
                            "only grows",
                            "permission denied for table");
        }
        assertThat(content()).isEqualTo(content);
    }

    /** Each execution of a trigger resolves its names again, and temporary tables come first. */
    @Test
    void isNotMisledByAnotherTableOfThatName() {
        var session = new JdbcTemplate(
                new SingleConnectionDataSource(DATABASE.url(), Postgres.APPLICATION, Postgres.PASSWORD, false));
        session.execute("CREATE TEMPORARY TABLE audit_entry AS SELECT 9 AS purged_sequence, 'PURGE' AS action,"
                + " 9 AS sequence, NULL::text AS group_id");

        assertThatThrownBy(() -> session.update("DELETE FROM public.audit_entry WHERE sequence = 1"))
                .rootCause()
                .hasMessageContaining("audit_entry keeps");
    }

    /** An intruder with the right to change tables can remove each trigger and constraint, one after the other. */
    @ParameterizedTest
    @ValueSource(longs = {0, Long.MIN_VALUE})
    void findsAnEntryBeforeTheFirstWhereTheTableNoLongerRefusesIt(long sequence) {
        var database = Postgres.create().migrated();
        var service = new Service(database);
        service.append(3);
        service.sealing.sealAll();
        var tampering = new JdbcTemplate(database.owner());
        var insertion = """
                INSERT INTO audit_entry (occurred_at, action, status, latency_ms, webhook_synced, sequence, previous_hash, hash)
                VALUES (now(), 'CANCEL', 'SUCCESS', 0, FALSE, %d, 'x', 'x')""".formatted(sequence);

        tampering.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER");
        assertThatThrownBy(() -> tampering.update(insertion))
                .rootCause()
                .hasMessageContaining("audit_entry_counts_from_one");
        tampering.execute("ALTER TABLE audit_entry DROP CONSTRAINT audit_entry_counts_from_one");
        tampering.update(insertion);

        assertThat(service.firstBroken()).isEqualTo(sequence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"action", "status"})
    void findsAnUnknownWordWhereTheTableNoLongerRefusesIt(String column) {
        var database = Postgres.create().migrated();
        var service = new Service(database);
        service.append(3);
        service.sealing.sealAll();
        var tampering = new JdbcTemplate(database.owner());

        tampering.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER");
        tampering.update("UPDATE audit_entry SET " + column + " = 'PAINT' WHERE sequence = 2");

        assertThat(service.firstBroken()).isEqualTo(2);
    }

    @Test
    void letsGoWhatASealedPurgeCoversAndNothingElse() {
        var service = new Service(Postgres.create().migrated());
        service.append(3);
        service.sealing.sealAll();
        service.append(AuditEntry.purge(Trail.BEGIN, 2, service.hash(2)));

        service.assertKeeps("DELETE FROM audit_entry WHERE sequence = 1");
        service.sealing.sealAll();
        service.assertKeeps("DELETE FROM audit_entry WHERE sequence <= 3");
        assertThat(service.trail.deletePurged()).isEqualTo(2);
        service.assertKeeps("DELETE FROM audit_entry");
    }

    @Test
    void keepsWhatAPurgeWithAnotherHashNames() {
        var service = new Service(Postgres.create().migrated());
        service.append(3);
        service.sealing.sealAll();
        service.append(AuditEntry.purge(Trail.BEGIN, 2, service.hash(1)));
        service.sealing.sealAll();

        service.assertKeeps("DELETE FROM audit_entry WHERE sequence <= 2");
        assertThat(service.trail.deletePurged()).isZero();

        service.append(AuditEntry.purge(Trail.BEGIN, 1, service.hash(1)));
        service.sealing.sealAll();
        assertThat(service.trail.deletePurged()).isOne();
    }

    /** During an update the version before seals, too: it writes three columns. */
    @Test
    void letsTheVersionBeforeSeal() {
        var service = new Service(Postgres.create().migrated());
        service.append(1);

        assertThat(service.jdbc.update("UPDATE audit_entry SET sequence = 1, previous_hash = 'x', hash = 'x'"))
                .isOne();
    }
}
