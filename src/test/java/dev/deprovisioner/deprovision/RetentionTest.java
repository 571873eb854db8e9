package dev.deprovisioner.deprovision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.audit.AuditTrail;
import dev.deprovisioner.audit.WithoutKeys;
import dev.deprovisioner.deprovision.GroupSnapshot.Listing;
import dev.deprovisioner.deprovision.GroupSnapshot.Member;
import dev.deprovisioner.deprovision.IdempotencyKeys.Answered;
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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.jdbc.JdbcTestUtils;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** What is kept of a run goes in two steps after its end: personal data first, then the run itself. */
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
class RetentionTest {

    private static final Duration DETAILS_KEPT = Duration.ofDays(30);
    private static final Duration KEPT = Duration.ofDays(365);
    private static final Problem QUOTING =
            new Problem(ProblemType.UPSTREAM_CONFLICT, "Conflict.", "Look at it.", "ann is locked");

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @Autowired
    private Deprovisions runs;

    @Autowired
    private EndedRuns ended;

    @Autowired
    private IdempotencyKeys keys;

    @Autowired
    private AuditTrail trail;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transactions;

    @BeforeEach
    void empty(@Autowired JdbcTemplate template) {
        JdbcTestUtils.deleteFromTables(
                template, "webhook_delivery", "idempotency_key", "group_snapshot", "deprovision");
    }

    private static Deprovision requested(String group, Instant at) {
        return Deprovision.requested(new GroupId(group), new RunRequest("portal", "ann", at, "for ann", null));
    }

    private Deprovision active(String group) {
        var run = requested(group, now);
        runs.insert(run);
        runs.insertSnapshot(
                run,
                new GroupSnapshot(
                        "Sales", null, List.of(new Member(new MemberId("ann"), false)), null, Listing.COMPLETE));
        return run;
    }

    /** With a snapshot, a blocker, and the provider's words. */
    private DeprovisionId ended(String group, Instant at) {
        var run = active(group);
        var blocker = new Blocker("routing-profile-missing", "ann", null, "ann has none.", "Reassign ann.");
        var found = new Progress("Sales", true, 1, 1, null);
        runs.save(run.started(at).blocked(QUOTING, List.of(blocker), found, at));
        return run.id();
    }

    private void deliver(DeprovisionId run, String status) {
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

    private void purgeDetails() {
        var clock = InstantSource.fixed(now);
        new SnapshotRetention(ended, new Purge(trail, transactions, clock), new SnapshotProperties(DETAILS_KEPT), clock)
                .run();
    }

    private void purge() {
        var clock = InstantSource.fixed(now);
        var purge = new Purge(trail, transactions, clock);
        new RunRetention(ended, purge, new RunProperties(KEPT), new SnapshotProperties(DETAILS_KEPT), clock).run();
    }

    private List<@Nullable String> trailOf(DeprovisionId run) {
        return jdbc.sql("SELECT action || ' ' || status || ' ' || group_id || COALESCE(actor, '') || ' ' || details"
                        + " FROM audit_entry WHERE deprovision_id = :run ORDER BY id")
                .param("run", run.toString())
                .query(String.class)
                .list();
    }

    private long rows(String table) {
        return jdbc.sql("SELECT COUNT(*) FROM " + table).query(Long.class).single();
    }

    @Test
    void personalDataGoesOnceTheRunEndedLongAgo() {
        var old = ended("old", now.minus(DETAILS_KEPT).minusMillis(1));
        var young = ended("young", now.minus(DETAILS_KEPT));
        var untouched = runs.find(young);

        purgeDetails();
        purgeDetails();

        var left = runs.find(old).orElseThrow();
        assertThat(left.request()).isEqualTo(new RunRequest("portal", null, now, null, null));
        assertThat(left.verdict()).isEqualTo(new Verdict(null, List.of(), QUOTING.unquoted()));
        assertThat(left.progress()).isEqualTo(new Progress("Sales", true, 1, 1, null));
        assertThat(runs.findSnapshot(old)).isEmpty();
        assertThat(trailOf(old)).containsExactly("PURGE SUCCESS old {\"purged\":\"snapshot\"}");
        assertThat(runs.find(young)).isEqualTo(untouched);
        assertThat(runs.findSnapshot(young)).isPresent();
        assertThat(trailOf(young)).isEmpty();
    }

    @Test
    void theMemberInARunThatWasEndedByForceGoesToo() {
        var run = active("forced").started(now).sent(sent -> sent.intending(List.of(new MemberId("ann"))));
        runs.save(run);
        jdbc.sql("UPDATE deprovision SET finished_at = :at, active_group_id = NULL, status = 'FAILED' WHERE id = :id")
                .param("at", now.minus(KEPT).atOffset(ZoneOffset.UTC))
                .param("id", run.id().value())
                .update();

        purgeDetails();

        var steps =
                jdbc.sql("SELECT steps FROM deprovision").query(String.class).single();
        assertThat(steps).contains("\"intents\":1").doesNotContain("ann");
        assertThat(runs.find(run.id()).orElseThrow().hasChangeIntent()).isTrue();
    }

    @Test
    void anActiveRunKeepsAll() {
        var active = active("active");

        purgeDetails();
        purge();

        assertThat(runs.find(active.id())).contains(active);
        assertThat(runs.findSnapshot(active.id())).isPresent();
        assertThat(trailOf(active.id())).isEmpty();
    }

    @Test
    void moreThanABatchGoes() {
        for (int i = 0; i < EndedRuns.BATCH + 1; i++) {
            ended("group-" + i, now.minus(KEPT).minusSeconds(1));
        }

        purgeDetails();
        assertThat(rows("group_snapshot")).isZero();
        purge();
        assertThat(rows("deprovision")).isZero();
    }

    @Test
    void aRunGoesWithAllThatRefersToIt() {
        var old = ended("old", now.minus(KEPT).minusMillis(1));
        var young = ended("young", now.minus(KEPT));
        for (var run : List.of(old, young)) {
            deliver(run, "DELIVERED");
            deliver(run, "UNDELIVERABLE");
            var answered = new Answered(new Fingerprint("f".repeat(64)), run);
            keys.insert("portal", new IdempotencyKey(run.toString()), answered, now);
        }

        purgeDetails();
        purge();
        purge();

        assertThat(runs.find(old)).isEmpty();
        assertThat(runs.find(young)).isPresent();
        assertThat(rows("webhook_delivery")).isEqualTo(2);
        assertThat(rows("idempotency_key")).isOne();
        assertThat(trailOf(old))
                .containsExactly(
                        "PURGE SUCCESS old {\"purged\":\"snapshot\"}", "PURGE SUCCESS old {\"purged\":\"run\"}");
    }

    @Test
    void aRunStaysWhileADeliveryIsPendingOrInAnUnknownStatus() {
        var pending = ended("pending", now.minus(KEPT.plusDays(2)));
        deliver(pending, "DELIVERED");
        deliver(pending, "PENDING");
        var unknown = ended("unknown", now.minus(KEPT.plusDays(2)));
        deliver(unknown, "HELD_BY_A_PERSON");

        purgeDetails();
        purge();

        assertThat(runs.find(pending)).isPresent();
        assertThat(runs.find(unknown)).isPresent();
        assertThat(rows("webhook_delivery")).isEqualTo(3);
    }

    @Test
    void aRunStaysForARedeliveryThatIsOrderedWhileItIsPurged() {
        var run = ended("ordered", now.minus(KEPT.plusDays(1)));
        deliver(run, "DELIVERED");
        purgeDetails();
        try (var purging = Executors.newSingleThreadExecutor()) {
            transactions.executeWithoutResult(status -> {
                jdbc.sql("SELECT id FROM webhook_delivery FOR UPDATE").query().listOfRows();
                jdbc.sql("UPDATE webhook_delivery SET status = 'PENDING'").update();
                purging.execute(this::purge);
            });
        }

        assertThat(runs.find(run)).isPresent();
        assertThat(rows("webhook_delivery")).isOne();
    }

    @Test
    void severalProcessesPurgeEachRunOnce() throws Exception {
        var all = new ArrayList<DeprovisionId>();
        for (int i = 0; i < 120; i++) {
            all.add(ended("group-" + i, now.minus(KEPT).minusSeconds(i + 1)));
        }
        try (var processes = Executors.newFixedThreadPool(2)) {
            Runnable process = () -> {
                purgeDetails();
                purge();
            };
            var first = processes.submit(process);
            var second = processes.submit(process);
            first.get();
            second.get();
        }
        purge();

        assertThat(rows("deprovision")).isZero();
        assertThat(all).allSatisfy(run -> assertThat(trailOf(run)).hasSize(2));
    }
}
