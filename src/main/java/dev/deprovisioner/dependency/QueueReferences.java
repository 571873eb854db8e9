package dev.deprovisioner.dependency;

import dev.deprovisioner.identifier.GroupId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which queues refer to which groups, as one scan shows them.
 *
 * @param byGroup by the ids of the groups, in lower case
 * @param doubt why there may be more; null if these are all
 * @param correlationId the provider's id of the request that leaves the doubt; null if it named none
 */
record QueueReferences(
        Map<String, List<Reference>> byGroup,
        @Nullable String doubt,
        @Nullable String correlationId) {

    /** A queue, and where in it the group stands. */
    record Reference(NamedObject queue, GroupsOfQueue.Place place) {}

    static QueueReferences of(Listing<GroupsOfQueue> queues) {
        return new QueueReferences(
                queues.found().stream()
                        .flatMap(QueueReferences::entries)
                        .distinct()
                        .collect(Collectors.groupingBy(
                                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList()))),
                queues.doubt(),
                queues.correlationId());
    }

    private static Stream<Map.Entry<String, Reference>> entries(GroupsOfQueue queue) {
        return queue.uses().stream()
                .map(use -> Map.entry(key(use.groupId()), new Reference(queue.queue(), use.place())));
    }

    List<Reference> to(GroupId group) {
        return byGroup.getOrDefault(key(group.value()), List.of());
    }

    private static String key(String groupId) {
        return groupId.toLowerCase(Locale.ROOT);
    }
}
