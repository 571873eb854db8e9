package dev.deprovisioner.dependency;

import dev.deprovisioner.upstream.Attributes;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * One page of a list of Genesys Cloud.
 *
 * @param entities what each entity of the page was read as
 * @param keys the id and the version of each entity, which tell whether two pages show the same one
 * @param pageCount how many pages the list has
 * @param total how many entities the list has
 */
record EntityPage<T>(List<T> entities, List<String> keys, long pageCount, long total) {

    /**
     * Reads a page; unclear without counts, if it is another page, or with an entity that has no id.
     *
     * @param number of the page that was asked for, from 1
     * @param entity reads one entity
     */
    static <T> Listing<EntityPage<T>> of(JsonNode body, int number, Function<JsonNode, T> entity) {
        var entities = Attributes.of(body, "entities");
        var keys = Listing.ofObjects(entities, "entities", EntityPage::key);
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
        return Listing.complete(List.of(new EntityPage<>(read, keys.found(), pageCount, total)));
    }

    private static String key(JsonNode entity) {
        var id = NamedObject.of(entity).id();
        return id.isBlank() ? "" : id + " " + Attributes.of(entity, "version").asString("");
    }

    /** A count of the object; -1 if it has none that can be read. */
    static long count(JsonNode body, String name) {
        var count = Attributes.of(body, name);
        return count.isIntegralNumber() && count.canConvertToLong() ? count.longValue() : -1;
    }

    boolean agreesWith(EntityPage<T> other) {
        return pageCount == other.pageCount && total == other.total;
    }
}
