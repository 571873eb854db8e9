package dev.deprovisioner.scim;

import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.upstream.Upstream;
import dev.deprovisioner.upstream.UpstreamRequest;
import java.util.Optional;

/** Asks whether the provider itself answers at the moment: one page of the collection that the group belongs to. */
final class ControlRead {

    private static final int MAX_BYTES = 64 * 1024;

    private final Upstream upstream;
    private final ScimProperties properties;

    ControlRead(Upstream upstream, ScimProperties properties) {
        this.upstream = upstream;
        this.properties = properties;
    }

    /** If the collection cannot be read, the run's own control read decides. */
    boolean isAnswered(PriorEvidence prior) {
        return isCollectionRead() || prior.controlRead().getAsBoolean();
    }

    private boolean isCollectionRead() {
        return request(properties).filter(this::isRead).isPresent();
    }

    /** One page of the collection; empty if the settings do not show where that is. */
    static Optional<UpstreamRequest> request(ScimProperties properties) {
        return properties.collectionPath().map(path -> UpstreamRequest.probe(path + "?count=1", MAX_BYTES));
    }

    private boolean isRead(UpstreamRequest request) {
        try {
            return upstream.read(request, EvidenceRules::isControl);
        } catch (Fault e) {
            if (e.recovery() == Recovery.RETRY_UNCOUNTED) {
                // The provider asks for a pause, or this process stops: neither says anything about the collection.
                throw e;
            }
            return false;
        }
    }
}
