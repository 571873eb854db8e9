package dev.deprovisioner.identifier;

import java.security.Principal;
import java.util.Set;

/**
 * A client of this service, as its token names it. It is written to the audit trail and to the log.
 *
 * @param value the claim of the token, at most 255 characters. A stored run may have a value that a token is refused for
 *     today
 */
public record Caller(String value) {

    private static final int MAX_LENGTH = 255;

    /** Line breaks of all kinds, characters that hide or reorder text, and code points that are no character. */
    private static final Set<Integer> INVISIBLE = Set.of(
            (int) Character.CONTROL,
            (int) Character.FORMAT,
            (int) Character.LINE_SEPARATOR,
            (int) Character.PARAGRAPH_SEPARATOR,
            (int) Character.SURROGATE,
            (int) Character.UNASSIGNED);

    /** @throws IllegalArgumentException if the value is too long to be stored */
    public Caller {
        if (value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("A caller has at most " + MAX_LENGTH + " characters");
        }
    }

    /**
     * The caller of an authenticated request.
     *
     * @throws IllegalArgumentException if a token of this name is to be refused
     */
    public static Caller of(Principal authenticated) {
        if (!isAcceptable(authenticated.getName())) {
            throw new IllegalArgumentException("A caller is one visible line of at most " + MAX_LENGTH + " characters");
        }
        return new Caller(authenticated.getName());
    }

    /** Whether a token may name its caller so: one visible line, not blank, at most 255 characters. */
    public static boolean isAcceptable(String name) {
        return !name.isBlank()
                && name.length() <= MAX_LENGTH
                && name.codePoints().map(Character::getType).noneMatch(INVISIBLE::contains);
    }

    @Override
    public String toString() {
        return value;
    }
}
