package dev.deprovisioner.deprovision.web;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.deprovisioner.identifier.DeprovisionId;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The end of a page, encoded so that clients do not construct it. It holds only the id of the last run, so it does not
 * reveal the number of other runs. A page that ended without a run that the caller may see holds a rounded position instead.
 *
 * @param last the last run of that page, or null
 * @param below the sequence below which the next page begins, if there is no last run; else 0
 */
record Cursor(@Nullable DeprovisionId last, long below) {

    static Cursor after(DeprovisionId last) {
        return new Cursor(last, 0);
    }

    static Cursor below(long sequence) {
        return new Cursor(null, sequence);
    }

    /**
     * Public, because Spring converts a parameter of a request by public methods only.
     *
     * @throws IllegalArgumentException if it is not one that was given out
     */
    public static Cursor of(String text) {
        var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        return switch (bytes.remaining()) {
            case 2 * Long.BYTES -> after(new DeprovisionId(new UUID(bytes.getLong(), bytes.getLong())));
            case Long.BYTES -> below(bytes.getLong());
            default -> throw new IllegalArgumentException("A cursor is the id of a run, or a position");
        };
    }

    @JsonValue
    String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes().array());
    }

    private ByteBuffer bytes() {
        if (last == null) {
            return ByteBuffer.allocate(Long.BYTES).putLong(below);
        }
        var id = last.value();
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
    }
}
