package dev.deprovisioner.paging;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The place in a list where a page ended, encoded so that clients do not build one themselves. For lists that a caller
 * sees as a whole: the number shows how many rows there are.
 *
 * @param last the number of the last row of that page
 */
public record Position(long last) {

    /**
     * Reads what {@link #text} has written.
     *
     * @throws IllegalArgumentException if the text is no such position
     */
    public static Position of(String text) {
        return new Position(Long.parseLong(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII)));
    }

    @JsonValue
    public String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Long.toString(last).getBytes(StandardCharsets.US_ASCII));
    }
}
