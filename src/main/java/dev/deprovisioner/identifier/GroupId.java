package dev.deprovisioner.identifier;

/**
 * The provider's id of a SCIM group: 1 to 255 characters of valid UTF-16, no control character, none of
 * {@code / \ % ? # ;}, and no dot segment, so that it is always exactly one path segment (RFC 3986, section 3.3).
 *
 * @param value the id as the provider writes it
 */
public record GroupId(String value) {

    private static final String FORBIDDEN = "/\\%?#;";

    /** @throws IllegalArgumentException with a sentence for the caller, if the value is no group id */
    public GroupId {
        Ids.requireSegment("A group id", value);
        if (value.chars().anyMatch(c -> FORBIDDEN.indexOf(c) >= 0)) {
            throw new IllegalArgumentException("A group id must not contain any of the characters / \\ % ? # ;");
        }
    }

    /**
     * The id in a request. It has no format characters, which hide or reorder text for a person who reads it. A stored run or a
     * provider may have an id with one.
     *
     * @throws IllegalArgumentException with a sentence for the caller, if the value is no group id
     */
    public static GroupId of(String value) {
        if (value.codePoints().anyMatch(c -> Character.getType(c) == Character.FORMAT)) {
            throw new IllegalArgumentException("A group id must not contain format characters, such as U+202E");
        }
        return new GroupId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
