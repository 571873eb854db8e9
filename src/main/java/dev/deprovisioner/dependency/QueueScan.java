package dev.deprovisioner.dependency;

import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads all queues of the organisation: a group cannot be asked for the queues that refer to it. */
@Component
class QueueScan {

    private static final String QUEUES = "/api/v2/routing/queues?pageSize=500&pageNumber={n}";

    /** Counts queues in all divisions, also if the other list leaves out those of some. */
    private static final String TOTAL = "/api/v2/routing/queues/divisionviews/all?pageSize=1";

    private static final int MOST_PAGES = 200;

    private final GenesysApi api;

    QueueScan(GenesysApi api) {
        this.api = api;
    }

    /** @throws dev.deprovisioner.problem.Fault if the provider gives no answer to rely on */
    QueueReferences read() {
        var queues = EntityPages.all(MOST_PAGES, this::page);
        return QueueReferences.of(queues.doubt() == null ? checked(queues.found()) : queues);
    }

    private Listing<EntityPage<GroupsOfQueue>> page(int number) {
        return api.read(
                QUEUES, Map.of("n", String.valueOf(number)), body -> EntityPage.of(body, number, GroupsOfQueue::read));
    }

    /** The same queues, in doubt if one of them cannot be read, or if the other list counts another number. */
    private Listing<GroupsOfQueue> checked(List<GroupsOfQueue> queues) {
        return queues.stream()
                .filter(queue -> !queue.readable())
                .findFirst()
                .map(queue -> new Listing<>(queues, unreadable(queue)))
                .orElseGet(() -> counted(queues));
    }

    private static String unreadable(GroupsOfQueue queue) {
        return GenesysApi.place(QUEUES) + ": queue " + queue.queue()
                + " names its groups in a form that cannot be read";
    }

    private Listing<GroupsOfQueue> counted(List<GroupsOfQueue> queues) {
        var total = api.read(TOTAL, Map.of(), body -> compared(body, queues.size()));
        return new Listing<>(queues, total.doubt(), total.correlationId());
    }

    private static Listing<GroupsOfQueue> compared(JsonNode body, int listed) {
        long total = EntityPage.count(body, "total");
        return total == listed
                ? Listing.complete(List.of())
                : Listing.unclear((total < 0 ? "the answer has no total" : "the answer counts " + total + " queues")
                        + ", and the list of queues has " + listed);
    }
}
