package dev.deprovisioner.dependency;

import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The signs by which a list of Genesys Cloud says that it has more than an answer shows. They are recognised by parts of names, so
 * that a form that is not documented hides nothing.
 */
final class ListEnd {

    /** Of a page after this one, or of something that is missing. */
    private static final Pattern MORE = Pattern.compile(
            "next.*|after|.*more|.*continuation.*|partial.*|truncated|incomplete", Pattern.CASE_INSENSITIVE);

    private static final Pattern COUNT = Pattern.compile("total.*|count|.*Count|.*Total");

    private static final String PAGES = "pageCount";

    private ListEnd() {}

    /**
     * A list that is asked for without page numbers: in doubt if its only answer says that there is more, or has another
     * list beside it.
     *
     * @param body the answer with the list, and perhaps with counts and cursors beside it
     * @param name of the list
     * @param shown the list as it was read
     */
    static <T> Listing<T> withDoubt(JsonNode body, String name, Listing<T> shown) {
        boolean more = hasNextPage(body)
                || body.propertyStream()
                        .filter(attribute -> !attribute.getKey().equalsIgnoreCase(name))
                        .anyMatch(attribute -> isList(attribute)
                                || exceeds(attribute, shown.found().size()));
        return shown.doubt() == null && more
                ? new Listing<>(shown.found(), "the answer says that the list has more than it shows")
                : shown;
    }

    /** Whether the answer, or an object in it such as its cursors, has an address or a cursor of a next page. */
    static boolean hasNextPage(JsonNode body) {
        return body.propertyStream()
                .anyMatch(attribute -> (MORE.matcher(attribute.getKey()).matches() && isSet(attribute.getValue()))
                        || (attribute.getValue().isObject() && hasNextPage(attribute.getValue())));
    }

    private static boolean isSet(JsonNode value) {
        boolean saysNo = value.isBoolean() && !value.booleanValue();
        boolean isBlank = value.isString() && value.asString().isBlank();
        return !value.isNull() && !saysNo && !isBlank;
    }

    private static boolean isList(Map.Entry<String, JsonNode> attribute) {
        return attribute.getValue().isArray() && !attribute.getValue().isEmpty();
    }

    /** A count that cannot be read may be any. */
    private static boolean exceeds(Map.Entry<String, JsonNode> attribute, int shown) {
        var name = attribute.getKey();
        var value = attribute.getValue();
        if (value.isNull() || !COUNT.matcher(name).matches()) {
            return false;
        }
        boolean readable = value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0;
        return !readable || value.longValue() > (name.equalsIgnoreCase(PAGES) ? 1 : shown);
    }
}
