package dev.deprovisioner.identifier;

/**
 * The {@code value} of a group member (RFC 7643, section 4.2): 1 to 255 characters, no control character, no dot
 * segment.
 *
 * @param value the id as the provider writes it
 */
public record MemberId(String value) {

    /** @throws IllegalArgumentException if the value is no member id */
    public MemberId {
        Ids.requireSegment("A member id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
