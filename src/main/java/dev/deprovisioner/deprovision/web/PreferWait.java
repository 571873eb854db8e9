package dev.deprovisioner.deprovision.web;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code wait} preference (RFC 7240, section 4.3).
 *
 * @param atMost how long the caller wants to wait, clamped to what the service offers
 */
record PreferWait(Duration atMost) {

    private static final long MAX_SECONDS = 60;
    private static final Pattern WAIT =
            Pattern.compile("(?:^|,)\\s*wait\\s*=\\s*\"?(\\d{1,9})\"?\\s*(?:[;,]|$)", Pattern.CASE_INSENSITIVE);

    /** Empty if there is none that can be understood: a preference is never an error. */
    static Optional<PreferWait> wait(@Nullable String header) {
        var wait = WAIT.matcher(header == null ? "" : header);
        return wait.find()
                ? Optional.of(new PreferWait(Duration.ofSeconds(Math.min(Long.parseLong(wait.group(1)), MAX_SECONDS))))
                : Optional.empty();
    }

    String applied() {
        return "wait=" + atMost.toSeconds();
    }
}
