package dev.deprovisioner.upstream;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a text from outside, of any length there. Patterns see no more than this of it, and each of them needs
 * time that grows with the length only.
 *
 * @param text at most {@link #LONGEST} characters
 */
public record Excerpt(String text) {

    static final int LONGEST = 2000;

    private static final Pattern CODE = Pattern.compile("[A-Za-z][\\w.-]{0,63}+");
    private static final Pattern UUID = Pattern.compile("\\p{XDigit}{8}(-?\\p{XDigit}{4}){3}-?\\p{XDigit}{12}");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]++");
    private static final Pattern WORD = Pattern.compile("\\S++");
    /** The begin of a JWT. */
    private static final Pattern TOKEN = Pattern.compile("eyJ[\\w-]{8,}+\\.");

    private static final String E_MAIL = "[e-mail]";

    public Excerpt {
        text = cut(text, LONGEST);
    }

    /** Whether this can be a code, such as {@code invalidVers} or {@code general.conflict}: neither free text nor an id. */
    boolean isCode() {
        return CODE.matcher(text).matches() && !UUID.matcher(text).find();
    }

    /** One line without e-mail addresses and tokens, or null if nothing is left. */
    public @Nullable String cleaned(int longest) {
        var line = UNPRINTABLE.matcher(text).replaceAll(" ").strip();
        var anonymous = WORD.matcher(line).replaceAll(word -> Matcher.quoteReplacement(anonymous(word.group())));
        if (anonymous.isEmpty()) {
            return null;
        }
        return anonymous.length() <= longest ? anonymous : cut(anonymous, longest) + "…";
    }

    private static String anonymous(String word) {
        if (isAddress(word)) {
            return E_MAIL;
        }
        return TOKEN.matcher(word).find() ? "[token]" : word;
    }

    private static boolean isAddress(String word) {
        return isWithin(word, word.indexOf('@'), 1) || isWithin(word, word.indexOf("%40"), 3);
    }

    private static boolean isWithin(String word, int at, int length) {
        return at > 0 && at + length < word.length();
    }

    /** Never between the two halves of one character. */
    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest);
    }
}
