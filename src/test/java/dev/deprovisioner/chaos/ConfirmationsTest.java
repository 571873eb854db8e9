package dev.deprovisioner.chaos;

import static dev.deprovisioner.chaos.Story.GROUP;
import static dev.deprovisioner.chaos.Story.RUN;

import dev.deprovisioner.chaos.Event.Kind;
import dev.deprovisioner.chaos.Event.Told;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The check of {@link Promise#DELETED_IS_CONFIRMED}: each way to break it is found, and taken for no other promise. */
class ConfirmationsTest {

    private final Story story = new Story()
            .accepted()
            .validated()
            .removed()
            .intent("DELETE_GROUP")
            .sent(Kind.DELETION, "v2", 204, null, true);

    @Test
    void isBrokenWhereTheAnswerToTheDeletionIsBelieved() {
        story.gone().delivered();
        broken("without a read that has shown it");
    }

    @Test
    void isBrokenByAReadThatFailed() {
        story.read(500, null, null, true).gone().delivered();
        broken("without a read that has shown it");
    }

    @Test
    void isBrokenByAReadThatNobodyGot() {
        story.read(404, null, null, false).gone().delivered();
        broken("without a read that has shown it");
    }

    @Test
    void isBrokenByTheReadOfAKilledProcess() {
        story.read(404, null, null, true).halted().gone().delivered();
        broken("without a read that has shown it");
    }

    @Test
    void isBrokenByAReceiverWhoIsToldTooEarly() {
        var early = new Told(story.later(Duration.ofSeconds(1)), RUN, "msg-1");
        story.read(404, null, null, true);
        story.events.add(early);
        story.gone().delivered();
        broken("told before it was recorded");
    }

    @Test
    void isBrokenByAGroupThatIsStillThere() {
        story.read(404, null, null, true).gone().delivered();
        story.present.add(GROUP);
        broken("still there after DELETED");
    }

    private void broken(String what) {
        story.assertBreaks(Promise.DELETED_IS_CONFIRMED, what);
    }
}
