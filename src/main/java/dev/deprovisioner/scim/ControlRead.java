package dev.deprovisioner.scim;

import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.upstream.Upstream;
import dev.deprovisioner.upstream.UpstreamRequest;

/** Asks whether the provider itself answers at the moment: one page of the collection that the group belongs to. */
final class ControlRead {

    private static final String GROUP = "/{" + ScimProperties.GROUP_ID + "}";
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
        var path = properties.groupsPath();
        return path.endsWith(GROUP)
                && path.length() > GROUP.length()
                && isRead(path.substring(0, path.length() - GROUP.length()) + "?count=1");
    }

    private boolean isRead(String collection) {
        try {
            return upstream.read(UpstreamRequest.probe(collection, MAX_BYTES), EvidenceRules::isControl);
        } catch (Fault e) {
            if (e.recovery() == Recovery.RETRY_UNCOUNTED) {
                // The provider asks for a pause, or this process stops: neither says anything about the collection.
                throw e;
            }
            return false;
        }
    }
}
