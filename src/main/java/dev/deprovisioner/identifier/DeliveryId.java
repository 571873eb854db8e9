package dev.deprovisioner.identifier;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

    /**
     * Derived from the run, the event and the receiver. So a repeated announcement has the same id, for example after a
     * database was restored. The UUID is of version 8 (RFC 9562, appendix B.2): SHA-256 over the run's id, as the
     * namespace, and the two names.
     *
     * @param event the name of the event in the webhook
     * @param receiver the name of the receiver, which outlives its URL and its secrets
     */
    public static DeliveryId of(DeprovisionId run, String event, String receiver) {
        var name = ByteBuffer.wrap(sha256(run, event + " " + receiver));
        long high = (name.getLong() & ~0xF000L) | 0x8000L;
        long low = (name.getLong() & ~(0b11L << 62)) | (0b10L << 62);
        return new DeliveryId("msg_" + new UUID(high, low));
    }

    private static byte[] sha256(DeprovisionId namespace, String name) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(Long.BYTES * 2)
                    .putLong(namespace.value().getMostSignificantBits())
                    .putLong(namespace.value().getLeastSignificantBits())
                    .flip());
            return digest.digest(name.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
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
