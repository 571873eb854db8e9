package dev.deprovisioner.deprovision.web;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.deprovisioner.identifier.DeprovisionId;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/**
 * The end of a page, encoded so that clients do not construct it. It holds only the id of the last run, so it does not
 * reveal the number of other runs.
 *
 * @param last the last run of that page
 */
record Cursor(DeprovisionId last) {

    /**
     * Public, because Spring converts a parameter of a request by public methods only.
     *
     * @throws IllegalArgumentException if it is not one that was given out
     */
    public static Cursor of(String text) {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        if (bytes.length != 2 * Long.BYTES) {
            throw new IllegalArgumentException("A cursor is the id of a run");
        }
        var id = ByteBuffer.wrap(bytes);
        return new Cursor(new DeprovisionId(new UUID(id.getLong(), id.getLong())));
    }

    @JsonValue
    String text() {
        var id = last.value();
        var bytes = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }
}
