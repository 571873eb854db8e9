package dev.deprovisioner.connection;

import static dev.deprovisioner.connection.FindingCode.COLLECTION_NOT_READ;
import static dev.deprovisioner.connection.FindingCode.COLLECTION_READ;
import static dev.deprovisioner.connection.FindingCode.TOKEN_OBTAINED;

import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.scim.Discovered;
import dev.deprovisioner.scim.Discovery;
import dev.deprovisioner.scim.GroupsClient;
import dev.deprovisioner.upstream.ProviderIdentity;
import dev.deprovisioner.upstream.Upstream;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Looks at what does not depend on a group: the token, and what the provider says about its own API. */
@Component
class ProviderInspection {

    private static final String GROUPS_PATH = "deprovisioner.scim.groups-path";

    private final Upstream upstream;
    private final FaultFindings faults;
    private final Discovery discovery;
    private final ProviderFindings texts;

    ProviderInspection(Upstream upstream, ProviderIdentity identity, Discovery discovery, GroupsClient groups) {
        this.upstream = upstream;
        this.faults = new FaultFindings(identity);
        this.discovery = discovery;
        this.texts = new ProviderFindings(groups.membersSource());
    }

    /** Whether there is a token, without which nothing else can be read. */
    Finding token() {
        try {
            upstream.requireToken();
            return Finding.ok(TOKEN_OBTAINED, "The service has an access token for the provider.");
        } catch (Fault fault) {
            return faults.ofToken(fault);
        }
    }

    /** What the provider says about its own API. It need not: a provider that does not can work all the same. */
    List<Finding> api() {
        var collection = read("The list of groups", this::collection);
        return FaultFindings.isOutage(collection)
                ? List.of(collection)
                : List.of(
                        collection,
                        read("ServiceProviderConfig", () -> texts.features(discovery.features())),
                        read("Schemas", () -> texts.membersReturned(discovery.membersReturned())));
    }

    private Finding read(String what, Supplier<Finding> read) {
        try {
            return read.get();
        } catch (Fault fault) {
            return faults.of(what, FindingStatus.WARNING, fault);
        }
    }

    private Finding collection() {
        return switch (discovery.collection()) {
            case Discovered.Shown<Integer> shown ->
                Finding.ok(
                        COLLECTION_READ, "The list of groups can be read, so it can support the proof of an absence.");
            case Discovered.NotShown<Integer>(var answer) ->
                Finding.warning(
                        COLLECTION_NOT_READ,
                        "The list of groups cannot be read (" + answer + "). It would support the proof of an absence.",
                        GROUPS_PATH);
        };
    }
}
