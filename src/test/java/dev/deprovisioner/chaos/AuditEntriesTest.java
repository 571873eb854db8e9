package dev.deprovisioner.chaos;

import static dev.deprovisioner.chaos.Story.GROUP;
import static dev.deprovisioner.chaos.Story.RUN;
import static dev.deprovisioner.chaos.Story.faultless;

import dev.deprovisioner.chaos.Event.Commit;
import dev.deprovisioner.chaos.Event.Committed;
import dev.deprovisioner.chaos.Event.Committing;
import dev.deprovisioner.chaos.Evidence.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
        story.audit.add(new Entry(RUN, "DELETE", "FAILED", now));
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

    private void broken(String what) {
        story.assertBreaks(Promise.ONE_AUDIT_ENTRY_EACH, what);
    }
}
