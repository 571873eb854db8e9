package dev.deprovisioner.dependency;

import dev.deprovisioner.upstream.Attributes;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The signs by which a list of Genesys Cloud says that it has more than an answer shows. */
final class ListEnd {

    private static final List<String> NEXT = List.of("nextUri", "nextPage", "nextCursor", "after", "hasMore");

    private ListEnd() {}

    /**
     * A list that is asked for without page numbers: in doubt if its only answer says that there is more.
     *
     * @param body the answer with the list, and perhaps with counts and cursors beside it
     * @param shown the list as it was read
     */
    static <T> Listing<T> withDoubt(JsonNode body, Listing<T> shown) {
        boolean more =
                exceeds(body, "total", shown.found().size()) || exceeds(body, "pageCount", 1) || hasNextPage(body);
        return shown.doubt() == null && more
                ? new Listing<>(shown.found(), "the answer says that the list has more than it shows")
                : shown;
    }

    /** Whether the answer has an address or a cursor of a next page. */
    static boolean hasNextPage(JsonNode body) {
        return Stream.of(body, Attributes.of(body, "cursors"))
                .flatMap(place -> NEXT.stream().map(name -> Attributes.of(place, name)))
                .anyMatch(ListEnd::isSet);
    }

    private static boolean isSet(JsonNode value) {
        boolean saysNo = value.isBoolean() && !value.booleanValue();
        return !value.isMissingNode() && !value.isNull() && !saysNo;
    }

    /** A count that cannot be read may be any. */
    private static boolean exceeds(JsonNode body, String name, int shown) {
        var stated = Attributes.of(body, name);
        long count = EntityPage.count(body, name);
        return !stated.isMissingNode() && !stated.isNull() && (count < 0 || count > shown);
    }
}
