package dev.deprovisioner.upstream;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A static bearer token.
 *
 * @param expiresAt the claim {@code exp} if it is a JWT (RFC 7519, section 4.1.4) that has it, else null
 */
record BearerToken(String value, @Nullable Instant expiresAt) implements TokenFile.Content {

    /** The clocks of issuer and provider may differ from ours by this. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final long END_OF_YEAR_9999 = 253_402_300_799L;

    static BearerToken of(String value) {
        return new BearerToken(value, expiry(value));
    }

    boolean isExpiredAt(Instant now) {
        return expiresAt != null && expiresAt.plus(SKEW).isBefore(now);
    }

    private static @Nullable Instant expiry(String token) {
        var parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return null;
        }
        try {
            var claims = JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(parts[1]));
            var expiry = claims.path("exp");
            return expiry.isNumber()
                    ? Instant.ofEpochSecond(Math.clamp((long) expiry.asDouble(), 0, END_OF_YEAR_9999))
                    : null;
        } catch (IllegalArgumentException | JacksonException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return "BearerToken[expiresAt=" + expiresAt + "]";
    }
}
