package dev.deprovisioner.chaos;

import static dev.deprovisioner.chaos.Story.GROUP;
import static dev.deprovisioner.chaos.Story.faultless;

import dev.deprovisioner.chaos.Event.Accepted;
import dev.deprovisioner.chaos.Event.Arrived;
import dev.deprovisioner.chaos.Event.Commit;
import dev.deprovisioner.chaos.Event.Kind;
import dev.deprovisioner.chaos.Event.Request;
import dev.deprovisioner.chaos.Evidence.Run;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The checks of the promises, each of which is broken on purpose: it is found, and taken for no other. */
class PromiseTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void findsNothingInAFaultlessStory() {
        faultless().assertKeepsAll();
    }

    @Test
    void findsNothingWhereAKilledProcessIsReplaced() {
        var story = new Story().accepted().validated().intent("REMOVE_MEMBERS");
        story.halted().read(200, 2, true).removed();
        story.intent("DELETE_GROUP").sent(Kind.DELETION, 204, false);
        story.halted().read(404, null, true).gone().delivered();

        story.assertKeepsAll();
    }

    @Nested
    class EveryAcceptedRunEnds {

        @Test
        void isBrokenByARunThatIsLost() {
            var story = faultless();
            story.events.add(new Accepted(story.later(SECOND), "run-2"));
            story.assertBreaks(Promise.EVERY_ACCEPTED_RUN_ENDS, "run-2 was accepted");
        }

        @Test
        void isBrokenByARunThatIsLeftHalfDone() {
            var story = new Story().accepted().validated();
            story.stored(story.state("RUNNING", "REMOVE_MEMBERS", null));
            story.assertBreaks(Promise.EVERY_ACCEPTED_RUN_ENDS, "is RUNNING");
        }
    }

    @Test
    void oneActiveRunAGroupIsBrokenByTwoAtOnce() {
        var story = new Story().accepted().withoutTotal();
        acceptedAgain(story);
        story.committed(ended(story)).stored(story.state("BLOCKED", "VALIDATE", null));
        story.assertBreaks(Promise.ONE_ACTIVE_RUN_A_GROUP, "run-2 was accepted while run-1 was active");
    }

    @Test
    void oneActiveRunAGroupIsKeptWhereTheFirstHasEndedByThen() {
        var story = new Story().accepted().withoutTotal();
        story.committed(ended(story)).stored(story.state("BLOCKED", "VALIDATE", null));
        acceptedAgain(story);
        story.assertKeepsAll();
    }

    private static Commit ended(Story story) {
        return new Commit(Story.RUN, GROUP, false, story.state("BLOCKED", "VALIDATE", null), false, List.of());
    }

    /** The times that are written down do not count. */
    private static void acceptedAgain(Story story) {
        var at = story.later(SECOND);
        story.committed(new Commit("run-2", GROUP, true, null, false, Story.entry("REQUEST", at)));
        var blocked = story.state("BLOCKED", "VALIDATE", null);
        story.runs.add(new Run("run-2", GROUP, Story.BEGIN, Story.BEGIN, blocked, null, null, false));
    }

    @Test
    void theRateLimitIsBrokenByAMinuteWithMoreThanATenthOverIt() {
        var story = new Story();
        for (int i = 0; i < 34; i++) {
            story.events.add(new Arrived(story.later(SECOND), i, new Request(GROUP, Kind.OTHER, "first")));
        }
        story.assertBreaks(Promise.RATE_LIMIT_IS_HELD, "34 requests came within");

        story.events.removeLast();
        story.assertKeepsAll();
    }
}
