package dev.deprovisioner.deprovision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.problem.Problem;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What names persons is kept for a while after the end of a run; then it goes, and the trail says so. */
class SnapshotRetentionTest extends EndedLongAgo {

    @Test
    void personalDataGoesOnceTheRunEndedLongAgo() {
        var old = ended("old", now.minus(DETAILS_KEPT).minusMillis(1));
        var young = ended("young", now.minus(DETAILS_KEPT));
        var untouched = runs.find(young);

        purgeDetails();
        purgeDetails();

        var left = (Deprovision) runs.find(old).orElseThrow();
        assertThat(left.request()).isEqualTo(new RunRequest(new Caller("portal"), null, now, null, null));
        assertThat(left.verdict())
                .isEqualTo(new RunResult(null, 0, new Problem(QUOTING.type(), QUOTING.detail(), QUOTING.remedy())));
        assertThat(left.progress()).isEqualTo(new Progress("Sales", true, 1, 1, null));
        assertThat(runs.findSnapshot(old)).isEmpty();
        assertThat(trailOf(old)).containsExactly("PURGE SUCCESS old {\"purged\":\"snapshot\"}");
        assertThat(runs.find(young)).isEqualTo(untouched);
        assertThat(runs.findSnapshot(young)).isPresent();
        assertThat(checked().find(old, CHECKS)).isEmpty();
        assertThat(checked().find(young, CHECKS))
                .containsOnly(entry(new MemberId("ann"), now), entry(new MemberId("größe \"1\""), now));
        assertThat(trailOf(young)).isEmpty();
    }

    @Test
    void theMemberInARunThatWasEndedByForceGoesToo() {
        var run = active("forced")
                .started(now)
                .sent(sent ->
                        sent.intending(List.of(new MemberId("ann"))).membersRefused(List.of(new MemberId("bob"))));
        runs.save(run);
        jdbc.sql("UPDATE deprovision SET finished_at = :at, active_group_id = NULL, status = 'FAILED' WHERE id = :id")
                .param("at", now.minus(KEPT).atOffset(ZoneOffset.UTC))
                .param("id", run.id().value())
                .update();

        purgeDetails();

        var steps =
                jdbc.sql("SELECT steps FROM deprovision").query(String.class).single();
        assertThat(steps).contains("\"intents\":1").doesNotContain("ann", "bob");
        assertThat(((Deprovision) runs.find(run.id()).orElseThrow()).hasChangeIntent())
                .isTrue();
    }
}
