package dev.deprovisioner.dependency;

import dev.deprovisioner.upstream.Attributes;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * One page of a list of Genesys Cloud.
 *
 * @param entities what each entity of the page was read as
 * @param keys the identity of each entity, by which two pages are compared
 * @param pageCount how many pages the list has
 * @param total how many entities the list has
 * @param hasNextPage whether the answer names a next page
 */
record EntityPage<T>(List<T> entities, List<String> keys, long pageCount, long total, boolean hasNextPage) {

    /** By what a list shows an entity once. */
    enum Identity {
        /** Once, also if its version changes while the pages are read. */
        ID,
        /** Once for each version. */
        ID_AND_VERSION
    }

    /**
     * Reads a page; unclear without counts, if it is another page, or with an entity that has no id.
     *
     * @param number of the page that was asked for, from 1
     * @param identity how the list shows each entity
     * @param entity reads one entity
     */
    static <T> Listing<EntityPage<T>> of(JsonNode body, int number, Identity identity, Function<JsonNode, T> entity) {
        var entities = Attributes.of(body, "entities");
        var keys = Listing.ofObjects(entities, "entities", json -> key(json, identity));
        if (keys.doubt() != null) {
            return Listing.unclear(keys.doubt());
        }
        if (keys.found().stream().anyMatch(String::isEmpty)) {
            return Listing.unclear("the answer has an entity without an id");
        }
        long pageCount = count(body, "pageCount");
        long total = count(body, "total");
        if (count(body, "pageNumber") != number || pageCount < 0 || total < 0) {
            return Listing.unclear("the answer does not say that it is page " + number + ", and of how many");
        }
        var read = entities.valueStream().map(entity).toList();
        return Listing.complete(
                List.of(new EntityPage<>(read, keys.found(), pageCount, total, ListEnd.hasNextPage(body))));
    }

    /** Empty without an id. */
    private static String key(JsonNode entity, Identity identity) {
        var id = NamedObject.of(entity).id();
        return switch (identity) {
            case ID -> id.strip();
            case ID_AND_VERSION ->
                id.isBlank() ? "" : id + " " + Attributes.of(entity, "version").asString("");
        };
    }

    /** A count of the object; -1 if it has none that can be read. */
    static long count(JsonNode body, String name) {
        var count = Attributes.of(body, name);
        return count.isIntegralNumber() && count.canConvertToLong() ? count.longValue() : -1;
    }

    /** In any order. */
    boolean hasSameEntitiesAs(EntityPage<T> other) {
        return Set.copyOf(keys).equals(Set.copyOf(other.keys));
    }

    boolean agreesWith(EntityPage<T> other) {
        return pageCount == other.pageCount && total == other.total;
    }
}
