package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Event.Committing;
import dev.deprovisioner.chaos.Event.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The check of {@link Promise#NOTHING_DESTRUCTIVE_WITHOUT_INTENT_AND_READ}: each way to break it is found, and taken for no other promise. */
class DestructiveRequestsTest {

    private final Story story = new Story().accepted().validated();

    @Test
    void isBrokenByAMissingIntent() {
        story.sent(Kind.REMOVAL, "v1", 200, "v2", true);
        broken("without a committed intent");
    }

    @Test
    void isBrokenByAnIntentThatIsNotYetCommitted() {
        story.events.add(new Committing(story.later(Duration.ofSeconds(1)), story.intended("REMOVE_MEMBERS")));
        story.sent(Kind.REMOVAL, "v1", 200, "v2", true);
        broken("without a committed intent");
    }

    @Test
    void isBrokenByTheIntentOfAnotherStep() {
        story.intent("DELETE_GROUP").sent(Kind.REMOVAL, "v1", 200, "v2", true);
        broken("without a committed intent");
    }

    @Test
    void isBrokenByARepetitionWithoutALook() {
        story.intent("REMOVE_MEMBERS").sent(Kind.REMOVAL, "v1", 500, null, true);
        story.sent(Kind.REMOVAL, "v1", 200, "v2", true);
        broken("sent again on an intent");
    }

    @Test
    void isKeptByARepetitionOfWhatWasRefusedUnread() {
        story.intent("REMOVE_MEMBERS").sent(Kind.REMOVAL, "v1", 429, null, true);
        story.sent(Kind.REMOVAL, "v1", 401, null, true).sent(Kind.REMOVAL, "v1", 200, "v2", true);
        givenUp();
        story.assertKeepsAll();
    }

    @Test
    void isBrokenByAReadThatFailed() {
        story.read(500, null, null, true).intent("REMOVE_MEMBERS").sent(Kind.REMOVAL, "v1", 200, "v2", true);
        broken("on no read, or on one that failed");
    }

    @Test
    void isBrokenByAReadThatNobodyGot() {
        story.read(200, "v1", 2, false).intent("REMOVE_MEMBERS").sent(Kind.REMOVAL, "v1", 200, "v2", true);
        broken("on no read, or on one that failed");
    }

    @Test
    void isBrokenByTheReadOfAKilledProcess() {
        story.intent("REMOVE_MEMBERS").halted().intent("REMOVE_MEMBERS");
        story.sent(Kind.REMOVAL, "v1", 200, "v2", true);
        broken("on no read");
    }

    @Test
    void isBrokenByTheReadOfAnotherProcess() {
        story.intent("REMOVE_MEMBERS").takenOver().intent("REMOVE_MEMBERS");
        story.sent(Kind.REMOVAL, "v1", 200, "v2", true);
        broken("on no read");
    }

    @Test
    void isBrokenByAPartialRead() {
        story.read(200, "v1", null, true).intent("REMOVE_MEMBERS").sent(Kind.REMOVAL, "v1", 200, "v2", true);
        broken("on a partial read");
    }

    @Test
    void isBrokenByADeletionOfAGroupWithMembers() {
        story.removed().read(200, "v3", 1, true).intent("DELETE_GROUP");
        story.sent(Kind.DELETION, "v3", 204, null, true);
        broken("on a read with 1 members");
    }

    @Test
    void isBrokenByAnOlderVersion() {
        story.read(200, "v2", 3, true).intent("REMOVE_MEMBERS").sent(Kind.REMOVAL, "v1", 412, null, true);
        broken("on a stale read");
    }

    @Test
    void isBrokenByAnOldReadWithoutAVersion() {
        story.read(200, null, 2, true).intent("REMOVE_MEMBERS");
        story.later(Duration.ofSeconds(32));
        story.sent(Kind.REMOVAL, null, 200, null, true);
        broken("on a stale read");
    }

    private void givenUp() {
        story.stored(story.state("FAILED", "REMOVE_MEMBERS", null));
    }

    private void broken(String what) {
        givenUp();
        story.assertBreaks(Promise.NOTHING_DESTRUCTIVE_WITHOUT_INTENT_AND_READ, what);
    }
}
