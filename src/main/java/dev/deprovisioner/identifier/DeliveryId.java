package dev.deprovisioner.identifier;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Names one webhook, over all tries: the {@code webhook-id} of Standard Webhooks 1.0.
 *
 * @param value {@code msg_} and a UUID
 */
public record DeliveryId(String value) {

    private static final Pattern FORM = Pattern.compile("msg_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** @throws IllegalArgumentException if the value is no id of a delivery */
    public DeliveryId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("The id of a delivery is msg_ and a UUID");
        }
    }

    /** Never twice the same. */
    public static DeliveryId next() {
        return new DeliveryId("msg_" + UUID.randomUUID());
    }

    /** @throws IllegalArgumentException if the text is no id of a delivery */
    public static DeliveryId of(String text) {
        return new DeliveryId(text);
    }

    @Override
    public String toString() {
        return value;
    }
}
