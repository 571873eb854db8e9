package dev.deprovisioner.deprovision;

/**
 * A caller's name for one request. The same request under the same key gets the same run.
 *
 * @param value 1 to 255 visible characters of US-ASCII, as the caller sent them
 */
public record IdempotencyKey(String value) {

    public static final int MAX_LENGTH = 255;

    /** VCHAR, one or more (RFC 5234, appendix B.1). */
    public static final String PATTERN = "^[!-~]+$";

    /** @throws IllegalArgumentException if the value is empty, too long or has another character */
    public IdempotencyKey {
        if (value.length() > MAX_LENGTH || !value.matches(PATTERN)) {
            throw new IllegalArgumentException("A key has 1 to " + MAX_LENGTH + " visible ASCII characters");
        }
    }
}
