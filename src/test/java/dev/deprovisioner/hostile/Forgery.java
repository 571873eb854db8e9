package dev.deprovisioner.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** A log record as a caller would like to have it, behind characters that a log reader might take for a line break. */
public final class Forgery {

    /** How the record begins: a line that begins so was forged. */
    public static final String BEGIN = "1999-12-31T23:59:59.000Z";

    /** Stands in every forgery, and nowhere else. */
    public static final String MARK = "FORGED-";

    private Forgery() {}

    /** With the line break itself. */
    static String raw(Dice dice) {
        return dice.oneOf("\r\n", "\n", "\r", "\u0085", "\u2028", "\u2029", "\u000b", "\f", "\u001b[2K\r\n")
                + record(dice);
    }

    /** With characters that may stand in a header, though not all do good there. */
    static String inHeader(Dice dice) {
        return dice.oneOf("\u0085", "\u2028", "\u2029", "\\r\\n", "%0d%0a", "\u560a\u560d", "\t", " ") + record(dice);
    }

    static String percentEncoded(Dice dice) {
        return URLEncoder.encode(raw(dice), UTF_8).replace("+", "%20");
    }

    /** Within a JSON string. */
    static String escaped(Dice dice) {
        return dice.oneOf("\\r\\n", "\\n", "\\r", "\\u0085", "\\u2028", "\\u2029", "\\u000a", "\\u001b[2K\\n")
                + record(dice);
    }

    private static String record(Dice dice) {
        return BEGIN + "  INFO 1 --- [main] audit : " + MARK + dice.index();
    }
}
