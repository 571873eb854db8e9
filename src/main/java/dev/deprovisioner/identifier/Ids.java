package dev.deprovisioner.identifier;

final class Ids {

    private static final int MAX_LENGTH = 255;

    private Ids() {}

    /** Refuses what could not travel as one encoded path segment, or could forge a line in a log. */
    static void requireSegment(String name, String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(name + " must have 1 to " + MAX_LENGTH + " characters");
        }
        if (value.equals(".") || value.equals("..")) {
            throw new IllegalArgumentException(name + " must not be a dot segment");
        }
        if (value.codePoints().anyMatch(Ids::isUnprintable)) {
            throw new IllegalArgumentException(name + " must be valid UTF-8 without control characters");
        }
    }

    private static boolean isUnprintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            default -> codePoint == 0xFFFD;
        };
    }
}
