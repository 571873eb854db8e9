package dev.deprovisioner.chaos;

import static dev.deprovisioner.chaos.Story.GROUP;
import static dev.deprovisioner.chaos.Story.RUN;

import dev.deprovisioner.chaos.Event.Kind;
import dev.deprovisioner.chaos.Event.Received;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The check of {@link Promise#DELETED_IS_CONFIRMED}: each way to break it is found, and taken for no other promise. */
class ConfirmationsTest {

    private final Story story =
            new Story().accepted().validated().removed().intent("DELETE_GROUP").sent(Kind.DELETION, 204, true);

    @Test
    void isBrokenWhereTheAnswerToTheDeletionIsBelieved() {
        story.gone().delivered();
        broken("without a read that has shown it");
    }

    @Test
    void isBrokenByAReadThatFailed() {
        story.read(500, null, true).gone().delivered();
        broken("without a read that has shown it");
    }

    @Test
    void isBrokenByAReadWhoseAnswerWasLost() {
        story.read(404, null, false).gone().delivered();
        broken("without a read that has shown it");
    }

    @Test
    void isBrokenByTheReadOfAKilledProcess() {
        story.read(404, null, true).halted().gone().delivered();
        broken("without a read that has shown it");
    }

    @Test
    void isBrokenByAnEarlyNotificationOfTheReceiver() {
        var early = new Received(story.later(Duration.ofSeconds(1)), RUN, "msg-1", 2);
        story.read(404, null, true);
        story.events.add(early);
        story.gone().delivered();
        broken("notified before it was recorded");
    }

    @Test
    void isBrokenByAGroupThatIsStillThere() {
        story.read(404, null, true).gone().delivered();
        story.present.add(GROUP);
        broken("still there after DELETED");
    }

    @Nested
    class AGatewayThatAnswers404 {

        private final Story alive = new Story()
                .accepted()
                .validated()
                .removed()
                .intent("DELETE_GROUP")
                .sent(Kind.DELETION, 503, true);

        @Test
        void isNoReasonToCallALivingGroupGone() {
            alive.read(gateways()).gone().delivered();
            alive.assertBreaks(Promise.DELETED_IS_CONFIRMED, "It was recorded as gone while the provider held it");
            alive.assertBreaks(Promise.DELETED_IS_CONFIRMED, "The receiver was notified that it is gone while");
            alive.assertBreaks(Promise.DELETED_IS_CONFIRMED, "A caller was shown it as gone while");
        }

        @Test
        void isNoReasonToCallAGroupGoneAlsoWhereItIs() {
            story.read(gateways()).gone().delivered();
            broken("without a read that has shown it");
        }

        @Test
        void isNoneWithoutAControlReadHoweverOftenItIsSaid() {
            story.read(gateways()).read(gateways()).gone().delivered();
            broken("without a read that has shown it");
        }

        @Test
        void isBelievedWithAControlReadBetween() {
            story.read(gateways()).controlled().read(gateways()).gone().delivered();
            story.assertKeepsAll();
        }

        @Test
        void isBelievedAlsoWhereTheSecondReadHadToBeRepeated() {
            story.read(gateways())
                    .controlled()
                    .read(500, null, true)
                    .read(gateways())
                    .gone()
                    .delivered();
            story.assertKeepsAll();
        }

        @Test
        void isNoReasonAfterAReadThatShowsTheGroup() {
            story.read(gateways())
                    .controlled()
                    .read(200, 0, true)
                    .read(gateways())
                    .gone()
                    .delivered();
            broken("without a read that has shown it");
        }

        private static Reply gateways() {
            return new Reply(404, new Reply.Unclear(), true);
        }
    }

    private void broken(String what) {
        story.assertBreaks(Promise.DELETED_IS_CONFIRMED, what);
    }
}
