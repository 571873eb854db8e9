package dev.deprovisioner.dependency;

import dev.deprovisioner.dependency.DependencyProperties.GenesysReference;
import dev.deprovisioner.upstream.ProviderIdentity;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A queue that refers to a group gets its agents from it, so it would lose them. */
@Component
class QueueCheck implements GroupCheck {

    private static final UnknownReference UNKNOWN = new UnknownReference(
            "queue-unknown",
            "Whether a queue refers to the group",
            "Give the OAuth client the permissions routing:queue:view and routing:queue:search in all divisions",
            GenesysReference.QUEUES);

    private final SharedQueueScan queues;
    private final @Nullable String region;

    QueueCheck(SharedQueueScan queues, ProviderIdentity provider) {
        this.queues = queues;
        this.region = provider.region();
    }

    @Override
    public GenesysReference reference() {
        return GenesysReference.QUEUES;
    }

    @Override
    public Findings check(CheckedGroup group) {
        var seen = queues.since(group.readAt());
        List<Dependency> found =
                seen.to(group.id()).stream().map(this::dependency).toList();
        return UNKNOWN.conclude(new Listing<>(found, seen.doubt(), seen.correlationId()));
    }

    private Dependency dependency(QueueReferences.Reference reference) {
        var queue = reference.queue();
        return new Dependency(
                "queue-reference",
                null,
                queue.reference(),
                "Queue " + queue + " refers to the group " + reference.place() + ".",
                "Take the group out of the queue" + link(queue.id()) + ", then post the group again.");
    }

    /** Empty if the address in the admin UI is not known. */
    private String link(String id) {
        return region == null || !id.matches("[\\w-]{1,64}")
                ? ""
                : " (https://apps." + region + "/directory/#/admin/organization/queues/" + id + ")";
    }
}
