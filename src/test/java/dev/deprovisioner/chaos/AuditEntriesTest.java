package dev.deprovisioner.chaos;

import static dev.deprovisioner.chaos.Story.GROUP;
import static dev.deprovisioner.chaos.Story.RUN;
import static dev.deprovisioner.chaos.Story.faultless;

import dev.deprovisioner.chaos.Event.Audited;
import dev.deprovisioner.chaos.Event.Commit;
import dev.deprovisioner.chaos.Event.Committed;
import dev.deprovisioner.chaos.Event.Committing;
import dev.deprovisioner.chaos.Event.Kind;
import dev.deprovisioner.chaos.Evidence.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The check of {@link Promise#ONE_AUDIT_ENTRY_EACH}: each way to break it is found, and taken for no other promise. */
class AuditEntriesTest {

    private final Story story = faultless();
    private final Instant now = story.later(Duration.ofSeconds(1));

    @Test
    void isBrokenByAStepThatEndsWithoutOne() {
        story.committed(new Commit(RUN, GROUP, true, null, false, List.of()));
        broken("has the audit entries [] instead of [REQUEST]");
    }

    @Test
    void isBrokenByOneForNothing() {
        story.committed(new Commit(RUN, GROUP, false, null, false, Story.entry("VALIDATE", now)));
        broken("has the audit entries [VALIDATE] instead of []");
    }

    @Test
    void isBrokenByADecisionWithoutOne() {
        var cancelled = story.state("CANCELLED", "VALIDATE", null);
        story.committed(new Commit(RUN, GROUP, false, cancelled, false, List.of()));
        broken("has the audit entries [] instead of [CANCEL]");
    }

    @Test
    void isBrokenByOneThatIsStoredTwice() {
        story.audit.add(story.audit.getLast());
        broken("WEBHOOK is stored more than once");
    }

    @Test
    void isBrokenByOneThatIsNotStored() {
        story.audit.removeLast();
        broken("WEBHOOK was committed, but is not stored");
    }

    @Test
    void isBrokenByOneWithoutATransaction() {
        story.audit.add(new Entry(RUN, new Audited("DELETE", "FAILED", null, now)));
        broken("DELETE belongs to no transaction");
    }

    @Test
    void isBrokenByAnEndedStepWhoseEntryIsLost() {
        story.events.removeIf(event -> event instanceof Committed(var at, var commit)
                && commit.audited().stream().anyMatch(entry -> entry.action().equals("VALIDATE")));
        story.audit.removeIf(entry -> entry.action().equals("VALIDATE"));
        story.assertBreaks(Promise.ONE_AUDIT_ENTRY_EACH, "There is no audit entry VALIDATE");
    }

    @Test
    void isKeptByATransactionThatAKillHasUndone() {
        var undone = new Commit(RUN, GROUP, false, null, true, Story.entry("WEBHOOK", now));
        story.events.add(new Committing(now, undone));
        story.assertKeepsAll();
    }

    @Test
    void isKeptByACommitThatIsReportedAfterTheNextIsAnnounced() {
        var early = new Story().accepted();
        var first = new Commit(RUN, GROUP, false, early.state("RUNNING", "VALIDATE", null), false, List.of());
        early.events.add(new Committing(early.tick(), first));
        early.validated();
        early.events.add(new Committed(early.tick(), first));
        early.removed().deleted().delivered();
        early.assertKeepsAll();
    }

    @Nested
    class ARunThatGoesBack {

        private final Story back = new Story().accepted().validated().intent("REMOVE_MEMBERS");

        @Test
        void needsOneForAnEffectOfItsRequest() {
            back.applied(Kind.REMOVAL, 412, true).changed(List.of());
            back.stored(back.state("FAILED", "VALIDATE", null));
            back.assertBreaks(Promise.ONE_AUDIT_ENTRY_EACH, "with the audit entries [] of a change");
        }

        @Test
        void hasOneForAnEffectOfItsRequest() {
            back.applied(Kind.REMOVAL, 412, true);
            back.changed(List.of(new Audited("REMOVE_MEMBERS", "CHANGED", 2, back.tick())));
            back.stored(back.state("FAILED", "VALIDATE", null));
            back.assertKeepsAll();
        }

        @Test
        void needsNoneWithoutAnEffect() {
            back.sent(Kind.REMOVAL, 412, true).changed(List.of());
            back.stored(back.state("FAILED", "VALIDATE", null));
            back.assertKeepsAll();
        }

        @Test
        void hasNoneUnderTheNameOfAnotherStep() {
            back.applied(Kind.REMOVAL, 412, true);
            back.changed(List.of(new Audited("DELETE", "CHANGED", 2, back.tick())));
            back.stored(back.state("FAILED", "VALIDATE", null));
            back.assertBreaks(Promise.ONE_AUDIT_ENTRY_EACH, "with the audit entries [DELETE] of a change");
        }
    }

    private void broken(String what) {
        story.assertBreaks(Promise.ONE_AUDIT_ENTRY_EACH, what);
    }
}
