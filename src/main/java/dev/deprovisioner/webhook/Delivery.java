package dev.deprovisioner.webhook;

import dev.deprovisioner.identifier.DeliveryId;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message to the receiver, and how far it has come. A value: every transition returns the next one.
 *
 * @param id the {@code webhook-id}, the same over all tries
 * @param lastError why the last try failed, or null
 */
record Delivery(
        DeliveryId id,
        Message message,
        Status status,
        Tries tries,
        @Nullable String lastError) implements StoredDelivery {

    /**
     * The one receiver there is, by its name. Neither another secret nor another URL makes it another receiver: it would be
     * sent the same message under a second id.
     */
    private static final String RECEIVER = "default";

    /** What the column of the last error holds. */
    private static final int MAX_ERROR = 1000;

    Delivery {
        lastError = lastError == null ? null : cut(lastError);
    }

    private static String cut(String error) {
        if (error.length() <= MAX_ERROR) {
            return error;
        }
        boolean splits = Character.isHighSurrogate(error.charAt(MAX_ERROR - 1));
        return error.substring(0, splits ? MAX_ERROR - 1 : MAX_ERROR);
    }

    enum Status {
        PENDING,
        DELIVERED,
        UNDELIVERABLE
    }

    /** @param body exactly what is signed and sent */
    record Message(WebhookEventType event, DeprovisionId deprovision, GroupId group, String body) {}

    /**
     * @param made over all, so that a try is recorded once: no number comes twice
     * @param attemptsBeforeRedelivery of these, made before the delivery was last ordered again
     * @param next when to try again, null when it has ended
     * @param end when the time of the schedule is over
     * @param held whether it waits for nothing but a receiver that answers
     */
    record Tries(
            int made,
            int attemptsBeforeRedelivery,
            @Nullable Instant next,
            Instant end,
            boolean held) {

        /** How many of its schedule are spent, with the one that is being made. */
        int spent() {
            return made - attemptsBeforeRedelivery + 1;
        }
    }

    static Delivery pending(Message message, Instant now) {
        var tries = new Tries(0, 0, now, now.plus(DeliverySchedule.LENGTH), false);
        var id = DeliveryId.of(message.deprovision(), message.event().wireName(), RECEIVER);
        return new Delivery(id, message, Status.PENDING, tries, null);
    }

    @Override
    public int attempts() {
        return tries.made();
    }

    @Override
    public @Nullable Instant nextAttemptAt() {
        return tries.next();
    }

    /** Whether it has waited for the receiver as long as its schedule is. */
    boolean isOverdue(Instant now) {
        return !now.isBefore(tries.end());
    }

    Delivery delivered() {
        return ended(Status.DELIVERED, 1, null);
    }

    /** @param held whether it need not wait that long if the receiver answers others before */
    Delivery retried(Instant next, String error, boolean held) {
        return with(1, next, held, error);
    }

    /** It was tried to see whether the receiver answers, which spends nothing of its schedule. */
    Delivery probed(Instant next, String error, boolean held) {
        return with(0, next, held, error);
    }

    Delivery undeliverable(String error) {
        return ended(Status.UNDELIVERABLE, 1, error);
    }

    /** It is due, but the receiver is away. */
    Delivery waiting() {
        var more = new Tries(tries.made(), tries.attemptsBeforeRedelivery(), tries.end(), tries.end(), true);
        return new Delivery(id, message, status, more, lastError);
    }

    /** The receiver was away as long as the schedule is: given up without another try. */
    Delivery expired() {
        var last = lastError == null ? "" : "; last: " + lastError;
        return ended(Status.UNDELIVERABLE, 0, "the receiver answered nothing as long as the schedule is" + last);
    }

    private Delivery with(int tried, Instant next, boolean held, String error) {
        var more = new Tries(tries.made() + tried, tries.attemptsBeforeRedelivery(), next, tries.end(), held);
        return new Delivery(id, message, Status.PENDING, more, error);
    }

    private Delivery ended(Status end, int tried, @Nullable String error) {
        var all = new Tries(tries.made() + tried, tries.attemptsBeforeRedelivery(), null, tries.end(), false);
        return new Delivery(id, message, end, all, error);
    }

    /** Another delivery of the same under the same id, with the whole schedule; one that has not ended goes on at once. */
    Delivery redelivered(Instant now) {
        var again = status == Status.PENDING
                ? new Tries(tries.made(), tries.attemptsBeforeRedelivery(), now, tries.end(), false)
                : new Tries(tries.made(), tries.made(), now, now.plus(DeliverySchedule.LENGTH), false);
        return new Delivery(id, message, Status.PENDING, again, lastError);
    }
}
