package dev.deprovisioner.providers;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * A filter or path whose strings are replaced by their numbers. A string in it is a JSON string (RFC 7644, section 3.4.2.2),
 * but the SDK's parser ends it at an escaped quote. So Jackson reads the strings, and the SDK reads the rest.
 *
 * @param text with {@code "0"}, {@code "1"} and so on for its strings
 */
record StringLiterals(String text, List<String> values) {

    private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");

    /** @throws IllegalArgumentException if a quote opens a string and none closes it, which the SDK lets pass */
    static StringLiterals of(String filter) {
        if (LITERAL.matcher(filter).replaceAll("").contains("\"")) {
            throw new IllegalArgumentException("A string without an end: " + filter);
        }
        var values = new ArrayList<String>();
        var text = LITERAL.matcher(filter).replaceAll(found -> {
            values.add(JsonMapper.shared().readValue(found.group(), String.class));
            return "\"" + (values.size() - 1) + "\"";
        });
        return new StringLiterals(text, List.copyOf(values));
    }

    /** The string that the SDK knows by this number. */
    String value(String number) {
        return values.get(Integer.parseInt(number));
    }
}
