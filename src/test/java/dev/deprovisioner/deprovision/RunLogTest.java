package dev.deprovisioner.deprovision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.deprovision.GroupSnapshot.Listing;
import dev.deprovisioner.deprovision.GroupSnapshot.Member;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What the log says of an attempt, and at the end of a run. */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("Reads the log of this JVM")
class RunLogTest {

    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final List<MemberId> MEMBERS = List.of(new MemberId("a"), new MemberId("b"));

    private final Deprovision running = Deprovision.requested(
                    new GroupId("g"), new RunRequest(new Caller("portal"), null, NOW, null, null))
            .started(NOW);

    private Deprovision validated(Listing listing) {
        var members = listing == Listing.COMPLETE ? MEMBERS : List.<MemberId>of();
        var shown = members.stream().map(id -> new Member(id, false)).toList();
        return running.validated(
                new GroupSnapshot("Group", null, shown, null, listing, "group", null), shown.size(), List.of(), NOW);
    }

    private static void logEnd(Deprovision run, Outcome outcome) {
        RunLog.logAttempt(run, run.confirmedGone(outcome, NOW).succeeded(false, NOW));
    }

    @Test
    void saysHowManyMembersWereRemoved(CapturedOutput log) {
        var emptied = validated(Listing.COMPLETE)
                .sent(sent -> sent.intending(MEMBERS))
                .sent(sent -> sent.afterRead(MEMBERS))
                .emptied(NOW);

        logEnd(emptied, Outcome.DELETED);

        assertThat(log).contains("Run succeeded: DELETED, 2 member(s) removed");
    }

    @Test
    void saysThatNoMemberWasRemovedIfTheGroupWasGoneBefore(CapturedOutput log) {
        logEnd(validated(Listing.COMPLETE), Outcome.ALREADY_ABSENT);

        assertThat(log).contains("Run succeeded: ALREADY_ABSENT, 0 member(s) removed");
    }

    @Test
    void saysThatMembersWereNotSeen(CapturedOutput log) {
        logEnd(validated(Listing.NONE), Outcome.DELETED);

        assertThat(log).contains("Run succeeded: DELETED, members not seen");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void countsAttemptsFromOneAlsoIfThisOneDoesNotCount(boolean counts, CapturedOutput log) {
        var before = Runs.scheduled().started(NOW);
        var paused = new Problem(ProblemType.UPSTREAM_UNAVAILABLE, "Paused.");

        RunLog.logAttempt(before, before.parked(paused, NOW.plusSeconds(60), counts));

        assertThat(log).contains("Step waits: VALIDATE until 2026-11-23T08:01:00Z, attempt 1, upstream-unavailable");
    }
}
