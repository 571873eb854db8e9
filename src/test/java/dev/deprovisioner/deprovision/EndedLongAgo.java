package dev.deprovisioner.deprovision;

import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;

import dev.deprovisioner.audit.AuditTrail;
import dev.deprovisioner.audit.WithoutKeys;
import dev.deprovisioner.deprovision.GroupSnapshot.Listing;
import dev.deprovisioner.deprovision.GroupSnapshot.Member;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.jdbc.JdbcTestUtils;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs that ended some time ago, and both retentions: personal data goes first, then the run itself. */
@JdbcTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import({
    Deprovisions.class,
    DeprovisionRow.class,
    EndedRuns.class,
    IdempotencyKeys.class,
    AuditTrail.class,
    WithoutKeys.class
})
@Execution(SAME_THREAD)
abstract class EndedLongAgo {

    static final String CHECKS = "ROUTING_PROFILE";
    static final Duration DETAILS_KEPT = Duration.ofDays(30);
    static final Duration KEPT = Duration.ofDays(365);
    static final Problem QUOTING =
            new Problem(ProblemType.UPSTREAM_CONFLICT, "Conflict.", "Look at it.", "ann is locked");

    final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @Autowired
    Deprovisions runs;

    @Autowired
    private EndedRuns ended;

    @Autowired
    IdempotencyKeys keys;

    @Autowired
    private AuditTrail trail;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    @BeforeEach
    void empty(@Autowired JdbcTemplate template) {
        JdbcTestUtils.deleteFromTables(
                template, "webhook_delivery", "idempotency_key", "group_snapshot", "deprovision");
    }

    private static Deprovision requested(String group, Instant at) {
        return Deprovision.requested(
                new GroupId(group), new RunRequest(new Caller("portal"), "ann", at, "for ann", null));
    }

    final Deprovision active(String group) {
        var run = requested(group, now);
        runs.insert(run);
        runs.insertSnapshot(
                run,
                new GroupSnapshot(
                        "Sales",
                        null,
                        List.of(new Member(new MemberId("ann"), false)),
                        null,
                        Listing.COMPLETE,
                        "group",
                        null));
        checked().add(run, CHECKS, List.of(new MemberId("ann"), new MemberId("größe \"1\"")), now);
        return run;
    }

    final CheckedMembers checked() {
        return new CheckedMembers(jdbc);
    }

    /** With a snapshot, a blocker, and the provider's words. */
    final DeprovisionId ended(String group, Instant at) {
        var run = active(group);
        var blocker =
                new Blocker("routing-profile-missing", new MemberId("ann"), null, "ann has none.", "Reassign ann.");
        var found = new Progress("Sales", true, 1, 1, null);
        runs.save(run.started(at).blocked(QUOTING, List.of(blocker), found, at));
        return run.id();
    }

    final void deliver(DeprovisionId run, String status) {
        jdbc.sql("""
                        INSERT INTO webhook_delivery (id, deprovision_id, group_id, body, status, attempts, created_at)
                        VALUES (:id, :run, 'group', '{}', :status, 1, :now)
                        """)
                .param("id", "msg_" + UUID.randomUUID())
                .param("run", run.value())
                .param("status", status)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    final void purgeDetails() {
        var clock = InstantSource.fixed(now);
        new SnapshotRetention(ended, new Purge(trail, transactions, clock), new SnapshotProperties(DETAILS_KEPT), clock)
                .run();
    }

    final void purge() {
        var clock = InstantSource.fixed(now);
        var purge = new Purge(trail, transactions, clock);
        new RunRetention(ended, purge, new RunProperties(KEPT), new SnapshotProperties(DETAILS_KEPT), clock).run();
    }

    final List<@Nullable String> trailOf(DeprovisionId run) {
        return jdbc.sql("SELECT action || ' ' || status || ' ' || group_id || COALESCE(actor, '') || ' ' || details"
                        + " FROM audit_entry WHERE deprovision_id = :run ORDER BY id")
                .param("run", run.toString())
                .query(String.class)
                .list();
    }

    final long rows(String table) {
        return jdbc.sql("SELECT COUNT(*) FROM " + table).query(Long.class).single();
    }
}
