package dev.deprovisioner.deprovision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.deprovision.IdempotencyKeys.Answered;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** A run is kept for a year after its end; then it goes with all that refers to it, and the trail says so. */
class RunRetentionTest extends EndedLongAgo {

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
            keys.insert(new Caller("portal"), new IdempotencyKey(run.toString()), answered, now);
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
