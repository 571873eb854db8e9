package dev.deprovisioner.deprovision.web;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.deprovisioner.identifier.DeprovisionId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a page ended, in a form that invites nobody to build one.
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
        return new Cursor(DeprovisionId.of(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII)));
    }

    @JsonValue
    String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(last.toString().getBytes(StandardCharsets.US_ASCII));
    }
}
