package dev.deprovisioner.chaos;

import static dev.deprovisioner.chaos.Story.GROUP;
import static dev.deprovisioner.chaos.Story.RUN;
import static dev.deprovisioner.chaos.Story.faultless;

import dev.deprovisioner.chaos.Event.Received;
import dev.deprovisioner.chaos.Evidence.Message;
import dev.deprovisioner.chaos.Evidence.Run;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The check of {@link Promise#EVERY_WEBHOOK_IS_DELIVERED}: each way to break it is found, and taken for no other promise. */
class WebhooksTest {

    private final Story story = faultless();

    @Test
    void isBrokenByASuccessThatIsNotInTheOutbox() {
        story.outbox.clear();
        broken("0 messages instead of 1");
    }

    @Test
    void isBrokenByAMessageThatIsLeftThere() {
        story.outbox.set(0, new Message("msg-1", RUN, "PENDING"));
        broken("is PENDING");
    }

    @Test
    void isBrokenByADeliveryThatNeverWas() {
        story.events.removeIf(Received.class::isInstance);
        broken("counts as delivered that never came");
    }

    @Test
    void isBrokenByAnotherId() {
        story.events.add(new Received(story.later(Duration.ofSeconds(1)), RUN, "msg-2", 2));
        broken("notified under 2 ids");
    }

    @Test
    void isBrokenByADeliveryThatTheRunDoesNotShow() {
        var run = story.runs.removeFirst();
        story.runs.add(new Run(run.id(), GROUP, run.requestedAt(), run.finishedAt(), run.state(), 2, 2, false));
        broken("does not show in the run");
    }

    @Test
    void isBrokenByASilentEndOfDelivery() {
        story.outbox.set(0, new Message("msg-1", RUN, "UNDELIVERABLE"));
        broken("no audit entry says so");
    }

    private void broken(String what) {
        story.assertBreaks(Promise.EVERY_WEBHOOK_IS_DELIVERED, what);
    }
}
