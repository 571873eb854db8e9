package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Event.Audited;
import dev.deprovisioner.chaos.Event.Kind;
import dev.deprovisioner.chaos.Event.Received;
import dev.deprovisioner.chaos.Event.Reported;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The check of {@link Promise#REMOVALS_ARE_COUNTED}: each wrong number is found, and taken for no other promise. */
class CountsTest {

    private final Story story = new Story().accepted().validated().intent("REMOVE_MEMBERS");

    private Story goneAfterwards() {
        return story.read(200, 0, true).emptied().deleted().delivered();
    }

    @Test
    void isKeptByARemovalThatWasAnsweredWithAnError() {
        story.applied(Kind.REMOVAL, 412, true);
        goneAfterwards().assertKeepsAll();
    }

    @Test
    void isBrokenByARemovalWithAnErrorThatIsNotCounted() {
        story.applied(Kind.REMOVAL, 412, true).saying(0);
        goneAfterwards();
        broken("says that 0 members were removed instead of 2");
    }

    @Test
    void isBrokenByARemovalThatNothingIsSaidOf() {
        story.applied(Kind.REMOVAL, 500, true).saying(null);
        goneAfterwards();
        broken("says that no members were removed instead of 2");
    }

    @Test
    void isBrokenByOneTooMany() {
        story.sent(Kind.REMOVAL, 200, true).saying(3);
        goneAfterwards();
        broken("says that 3 members were removed instead of 2");
    }

    @Test
    void isBrokenByAnotherNumberInTheWebhook() {
        story.sent(Kind.REMOVAL, 200, true);
        goneAfterwards().events.add(new Received(story.tick(), Story.RUN, "msg-1", 1));
        broken("The webhook says that 1 members");
    }

    @Test
    void isBrokenByAnotherNumberInTheApi() {
        story.sent(Kind.REMOVAL, 200, true);
        goneAfterwards().events.add(new Reported(story.tick(), Story.RUN, "DELETED", 1));
        broken("The API says that 1 members");
    }

    @Test
    void isBrokenByAnAuditEntryThatSpeaksOfMoreThanHaveLeft() {
        story.changed(List.of(new Audited("REMOVE_MEMBERS", "CHANGED", 1, story.tick())));
        story.stored(story.state("FAILED", "REMOVE_MEMBERS", null));
        broken("An audit entry says that 1 members were removed, of 0");
    }

    private void broken(String what) {
        story.assertBreaks(Promise.REMOVALS_ARE_COUNTED, what);
    }
}
