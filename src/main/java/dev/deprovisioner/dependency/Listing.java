package dev.deprovisioner.dependency;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the provider shows, and why there may be more.
 *
 * @param found what it shows
 * @param doubt why it may not have shown all, a clause for a person; null if it certainly did
 * @param correlationId the provider's id of the request that leaves the doubt; null if it named none
 */
record Listing<T>(
        List<T> found, @Nullable String doubt, @Nullable String correlationId) {

    Listing(List<T> found, @Nullable String doubt) {
        this(found, doubt, null);
    }

    Listing {
        found = List.copyOf(found);
    }

    static <T> Listing<T> complete(List<T> found) {
        return new Listing<>(found, null);
    }

    static <T> Listing<T> unclear(String doubt) {
        return new Listing<>(List.of(), doubt);
    }

    /** One value for each object of an array; unclear if it is anything else. */
    static <T> Listing<T> ofObjects(JsonNode array, String name, Function<JsonNode, T> value) {
        return array.isArray() && array.valueStream().allMatch(JsonNode::isObject)
                ? complete(array.valueStream().map(value).toList())
                : unclear("the answer has no list of " + name + " that can be read");
    }

    /** The same, with the place of the doubt before it. */
    Listing<T> at(String place) {
        return doubt == null ? this : new Listing<>(found, place + ": " + doubt, correlationId);
    }

    /** The same, with the provider's id of the request behind its doubt. */
    Listing<T> correlated(@Nullable String id) {
        return doubt == null ? this : new Listing<>(found, doubt, id);
    }
}
