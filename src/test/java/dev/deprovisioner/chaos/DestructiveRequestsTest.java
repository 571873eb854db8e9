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
        story.sent(Kind.REMOVAL, 200, true);
        broken("without a committed intent");
    }

    @Test
    void isBrokenByAnIntentThatIsNotYetCommitted() {
        story.events.add(new Committing(story.later(Duration.ofSeconds(1)), story.intended("REMOVE_MEMBERS")));
        story.sent(Kind.REMOVAL, 200, true);
        broken("without a committed intent");
    }

    @Test
    void isBrokenByTheIntentOfAnotherStep() {
        story.intent("DELETE_GROUP").sent(Kind.REMOVAL, 200, true);
        broken("without a committed intent");
    }

    @Test
    void isBrokenByARepetitionWithoutALook() {
        story.intent("REMOVE_MEMBERS").sent(Kind.REMOVAL, 500, true);
        story.sent(Kind.REMOVAL, 200, true);
        broken("sent again on an intent");
    }

    @Test
    void isKeptByARepetitionOfWhatWasRefusedUnread() {
        story.intent("REMOVE_MEMBERS").sent(Kind.REMOVAL, 429, true);
        story.sent(Kind.REMOVAL, 401, true).sent(Kind.REMOVAL, 200, true);
        givenUp();
        story.assertKeepsAll();
    }

    @Test
    void isBrokenByAReadThatFailed() {
        story.read(500, null, true).intent("REMOVE_MEMBERS").sent(Kind.REMOVAL, 200, true);
        broken("on no read, or on one that failed");
    }

    @Test
    void isBrokenByAReadWhoseAnswerWasLost() {
        story.read(200, 2, false).intent("REMOVE_MEMBERS").sent(Kind.REMOVAL, 200, true);
        broken("on no read, or on one that failed");
    }

    @Test
    void isBrokenByTheReadOfAKilledProcess() {
        story.intent("REMOVE_MEMBERS").halted().intent("REMOVE_MEMBERS");
        story.sent(Kind.REMOVAL, 200, true);
        broken("on no read");
    }

    @Test
    void isBrokenByTheReadOfAnotherProcess() {
        story.intent("REMOVE_MEMBERS").takenOver().intent("REMOVE_MEMBERS");
        story.sent(Kind.REMOVAL, 200, true);
        broken("on no read");
    }

    @Test
    void isBrokenByAPartialRead() {
        story.read(200, null, true).intent("REMOVE_MEMBERS").sent(Kind.REMOVAL, 200, true);
        broken("on a partial read");
    }

    @Test
    void isBrokenByADeletionOfAGroupWithMembers() {
        story.removed().read(200, 1, true).intent("DELETE_GROUP");
        story.sent(Kind.DELETION, 204, true);
        broken("on a read with 1 members");
    }

    @Test
    void isBrokenByAnOldRead() {
        story.intent("REMOVE_MEMBERS");
        story.later(Duration.ofSeconds(32));
        story.sent(Kind.REMOVAL, 200, true);
        broken("on a stale read");
    }

    @Test
    void isKeptByAnOldReadWhereMembersAreNamed() {
        story.intent("REMOVE_MEMBERS");
        story.later(Duration.ofSeconds(59));
        story.sent(Kind.NAMED_REMOVAL, 200, true);
        givenUp();
        story.assertKeepsAll();
    }

    @Test
    void isBrokenByAVeryOldReadWhereMembersAreNamed() {
        story.intent("REMOVE_MEMBERS");
        story.later(Duration.ofSeconds(62));
        story.sent(Kind.NAMED_REMOVAL, 200, true);
        broken("on a stale read");
    }

    @Test
    void isBrokenByACutListThatIsBelieved() {
        story.read(cut()).intent("REMOVE_MEMBERS").sent(Kind.REMOVAL, 200, true);
        broken("on a partial read");
    }

    @Test
    void isKeptByACutListWhoseMembersAreNamed() {
        story.read(cut()).intent("REMOVE_MEMBERS").sent(Kind.NAMED_REMOVAL, 200, true);
        givenUp();
        story.assertKeepsAll();
    }

    private static Reply cut() {
        return new Reply(200, new Reply.Members(Story.members(1), false), true);
    }

    private void givenUp() {
        story.stored(story.state("FAILED", "REMOVE_MEMBERS", null));
    }

    private void broken(String what) {
        givenUp();
        story.assertBreaks(Promise.NOTHING_DESTRUCTIVE_WITHOUT_INTENT_AND_READ, what);
    }
}
