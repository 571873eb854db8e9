package dev.deprovisioner.scim;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recognises refusals that speak of a version of the group, or of an aborted transaction, and not of a dependency. */
final class VersionConflictWords {

    private static final Pattern CODES =
            Pattern.compile("version|etag|invalidVers|general\\.conflict|ABORTED", Pattern.CASE_INSENSITIVE);
    /** "Cannot be modified" speaks of a rule, "was modified" of a version. */
    private static final Pattern WORDS = Pattern.compile(
            "\\b(versions?|e-?tags?|if-match|optimistic lock\\w{0,8}|general\\.conflict|aborted)\\b"
                    + "|\\bconcurrent(ly)? (modifi|updat|chang)|(?<!\\bbe )\\bmodified\\b",
            Pattern.CASE_INSENSITIVE);
    /** The words come here cut to this length; a longer text is not searched. */
    private static final int MAX_LENGTH = 2000;

    private VersionConflictWords() {}

    /**
     * @param code the provider's code for the error
     * @param words what it says, or null
     */
    static boolean in(String code, @Nullable String words) {
        return matches(CODES, code) || (words != null && matches(WORDS, words));
    }

    private static boolean matches(Pattern pattern, String text) {
        return pattern.matcher(text.substring(0, Math.min(text.length(), MAX_LENGTH)))
                .find();
    }
}
