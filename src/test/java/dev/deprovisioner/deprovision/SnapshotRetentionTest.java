package dev.deprovisioner.deprovision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;

import dev.deprovisioner.audit.AuditTrail;
import dev.deprovisioner.audit.WithoutKeys;
import dev.deprovisioner.deprovision.GroupSnapshot.Listing;
import dev.deprovisioner.deprovision.GroupSnapshot.Member;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.identifier.MemberId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.test.jdbc.JdbcTestUtils;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** What a group was is kept for a while after its run; then it goes, and the trail says so. */
@JdbcTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import({Deprovisions.class, DeprovisionRow.class, AuditTrail.class, WithoutKeys.class})
@Execution(SAME_THREAD)
class SnapshotRetentionTest {

    private static final Duration KEPT = Duration.ofDays(30);

    /** Ids of runs begin with the time of their making. */
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS).plus(Duration.ofDays(40));

    @Autowired
    private Deprovisions runs;

    @Autowired
    private AuditTrail trail;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private DataSource dataSource;

    @BeforeEach
    void empty(@Autowired JdbcTemplate template) {
        JdbcTestUtils.deleteFromTables(template, "group_snapshot", "deprovision");
    }

    private DeprovisionId run(String group, @Nullable Instant finishedAt) {
        var run = Deprovision.requested(new GroupId(group), new RunRequest("portal", null, now, null, null));
        runs.insert(run);
        jdbc.sql("UPDATE deprovision SET finished_at = :at WHERE id = :id")
                .param("at", finishedAt == null ? null : finishedAt.atOffset(ZoneOffset.UTC))
                .param("id", run.id().value())
                .update();
        runs.insertSnapshot(
                run,
                new GroupSnapshot(
                        "Sales", null, List.of(new Member(new MemberId("ann"), false)), null, Listing.COMPLETE));
        return run.id();
    }

    private void purge() {
        var transactions = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        new SnapshotRetention(jdbc, trail, new SnapshotProperties(KEPT), transactions, InstantSource.fixed(now)).run();
    }

    private List<@Nullable String> kept() {
        return jdbc.sql("SELECT CAST(deprovision_id AS VARCHAR(36)) FROM group_snapshot")
                .query(String.class)
                .list();
    }

    private List<@Nullable String> told(DeprovisionId run) {
        return jdbc.sql("SELECT action || ' ' || status || ' ' || group_id || COALESCE(actor, '')"
                        + " FROM audit_entry WHERE deprovision_id = :run")
                .param("run", run.toString())
                .query(String.class)
                .list();
    }

    @Test
    void goesWhenItsRunEndedLongAgo() {
        var old = run("old", now.minus(KEPT).minusMillis(1));
        var young = run("young", now.minus(KEPT));

        purge();
        purge();

        assertThat(kept()).containsExactly(young.toString());
        assertThat(told(old)).containsExactly("PURGE SUCCESS old");
        assertThat(told(young)).isEmpty();
    }

    @Test
    void staysAsLongAsItsRunIsActive() {
        var active = run("active", null);

        purge();

        assertThat(kept()).containsExactly(active.toString());
        assertThat(told(active)).isEmpty();
    }

    @Test
    void goesAlsoWhereThereAreMoreThanABatch() {
        for (int i = 0; i < 101; i++) {
            run("group-" + i, now.minus(KEPT).minusSeconds(1));
        }

        purge();

        assertThat(kept()).isEmpty();
    }
}
