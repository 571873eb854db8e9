package dev.deprovisioner.dependency;

import dev.deprovisioner.dependency.DependencyProperties.GenesysLeftOut;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final GenesysLeftOut leftOut;

    QueueScan(GenesysApi api, DependencyProperties properties) {
        this.api = api;
        this.leftOut = properties.genesysLeftOut();
    }

    /** @throws dev.deprovisioner.problem.Fault if the provider gives no answer to rely on */
    QueueReferences read() {
        var queues = EntityPages.all(MOST_PAGES, this::page);
        return QueueReferences.of(queues.doubt() == null ? checked(queues.found()) : queues);
    }

    private Listing<EntityPage<GroupsOfQueue>> page(int number) {
        return api.read(
                QUEUES,
                Map.of("n", String.valueOf(number)),
                body -> EntityPage.of(body, number, EntityPage.Identity.ID, GroupsOfQueue::read));
    }

    /** The same queues, in doubt if one of them cannot be read, or if the other list counts another number. */
    private Listing<GroupsOfQueue> checked(List<GroupsOfQueue> queues) {
        return queues.stream()
                .flatMap(queue -> doubt(queue).stream())
                .findFirst()
                .map(doubt -> new Listing<>(queues, doubt))
                .orElseGet(() -> counted(queues));
    }

    private Listing<GroupsOfQueue> counted(List<GroupsOfQueue> queues) {
        var total = api.read(TOTAL, Map.of(), body -> compared(body, queues.size()));
        return new Listing<>(queues, total.doubt(), total.correlationId());
    }

    private Optional<String> doubt(GroupsOfQueue queue) {
        var name = GenesysApi.place(QUEUES) + ": queue " + queue.queue();
        return switch (queue.form()) {
            case READABLE -> Optional.empty();
            case UNREADABLE -> Optional.of(name + " names its groups in a form that cannot be read");
            case LEFT_OUT ->
                switch (leftOut) {
                    case UNKNOWN ->
                        Optional.of(name + " has none of the attributes that name groups" + GenesysLeftOut.HINT);
                    case NONE -> Optional.empty();
                };
        };
    }

    private static Listing<GroupsOfQueue> compared(JsonNode body, int listed) {
        long total = EntityPage.count(body, "total");
        return total == listed
                ? Listing.complete(List.of())
                : Listing.unclear((total < 0 ? "the answer has no total" : "the answer counts " + total + " queues")
                        + ", and the list of queues has " + listed);
    }
}
