package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Event.Kind;
import org.junit.jupiter.api.Test;

/**
 * The part of the check of {@link Promise#NOTHING_DESTRUCTIVE_WITHOUT_INTENT_AND_READ} that looks at what the provider
 * held: each way to remove a member who was not validated is found, and taken for no other promise.
 */
class EffectsTest {

    private final Story story = new Story().accepted();

    @Test
    void isBrokenByARemovalOfAMemberWhoWasNotAskedAbout() {
        story.read(200, 2, true).asked("member-1").ended("VALIDATE", "VALIDATE", "REMOVE_MEMBERS");
        story.removed();
        broken("A REMOVAL removed member-2, who was not validated");
    }

    @Test
    void isBrokenByARemovalByNameOfAMemberWhoWasNotAskedAbout() {
        story.read(200, 2, true).asked("member-1").ended("VALIDATE", "VALIDATE", "REMOVE_MEMBERS");
        story.intent("REMOVE_MEMBERS").sent(Kind.NAMED_REMOVAL, 200, true);
        broken("A NAMED_REMOVAL removed member-2, who was not validated");
    }

    @Test
    void isBrokenByADeletionOfAGroupThatOnlyLooksEmpty() {
        story.read(200, 2, true).asked("member-1").asked("member-2").ended("VALIDATE", "VALIDATE", "DELETE_GROUP");
        story.read(200, 0, true).intent("DELETE_GROUP").sent(Kind.DELETION, 204, true);
        broken("A DELETION removed member-1, who was not validated");
    }

    @Test
    void isBrokenByADeletionOfAGroupWithAMemberWhoJoinedBeforeTheRead() {
        story.validated().removed().joined("member-9").read(200, 0, true);
        story.intent("DELETE_GROUP").sent(Kind.DELETION, 204, true);
        broken("A DELETION removed member-9, who was not validated");
    }

    @Test
    void isBrokenByAListThatWasCutAndDoesNotSaySo() {
        story.read(200, 1, true).asked("member-1").ended("VALIDATE", "VALIDATE", "REMOVE_MEMBERS");
        story.intent("REMOVE_MEMBERS").sent(Kind.REMOVAL, 200, true);
        broken("A REMOVAL removed member-2, who was not validated");
    }

    @Test
    void isBrokenByWhatAnEarlierRunHasAskedAbout() {
        story.validated();
        var requested = Story.entry("REQUEST", story.tick());
        story.committed(new Event.Commit("run-2", Story.GROUP, true, null, false, requested));
        story.read(200, 2, true)
                .intent("REMOVE_MEMBERS")
                .sent(Kind.REMOVAL, 200, true)
                .saying(0);
        broken("A REMOVAL removed member-1, who was not validated");
    }

    @Test
    void isKeptByAMemberWhoJoinedAfterTheLastRead() {
        story.validated().intent("REMOVE_MEMBERS").joined("member-9").sent(Kind.REMOVAL, 200, true);
        story.saying(2).read(200, 0, true).emptied().deleted().delivered();
        story.assertKeepsAll();
    }

    @Test
    void isKeptByADeletionAMomentAfterAMemberJoined() {
        story.validated().removed().intent("DELETE_GROUP").joined("member-9");
        story.sent(Kind.DELETION, 204, true).read(404, null, true).gone().delivered();
        story.assertKeepsAll();
    }

    private void broken(String what) {
        story.stored(story.state("FAILED", "REMOVE_MEMBERS", null));
        story.assertBreaks(Promise.NOTHING_DESTRUCTIVE_WITHOUT_INTENT_AND_READ, what);
    }
}
