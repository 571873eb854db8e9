package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Event.Kind;
import org.junit.jupiter.api.Test;

/** A provider that never lists members: a group is deleted as empty only where that is allowed. */
class ListingTest {

    private final Story story = new Story()
            .accepted()
            .withoutTotal()
            .saying(null)
            .read(200, 0, true)
            .ended("VALIDATE", "VALIDATE", "REMOVE_MEMBERS")
            .emptied()
            .intent("DELETE_GROUP")
            .sent(Kind.DELETION, 204, true)
            .saying(null)
            .read(404, null, true)
            .gone();

    @Test
    void isBrokenByItsDeletion() {
        story.delivered()
                .assertBreaks(
                        Promise.NOTHING_DESTRUCTIVE_WITHOUT_INTENT_AND_READ,
                        "A DELETION was sent to a provider that had never listed a member");
    }

    @Test
    void isKeptWhereThatIsAllowed() {
        story.unlistedAllowed = true;
        story.delivered().assertKeepsAll();
    }

    @Test
    void isBrokenByANumberOfMembersWhoWereNeverSeen() {
        story.unlistedAllowed = true;
        story.saying(0).delivered().assertBreaks(Promise.REMOVALS_ARE_COUNTED, "none was ever listed");
    }
}
