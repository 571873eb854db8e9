package dev.deprovisioner.providers;

import dev.deprovisioner.providers.StandIn.Address;
import dev.deprovisioner.testbed.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Genesys Cloud: SCIM without DELETE, and the API of its own beside it.
 *
 * @param groups deletes groups, in the end
 * @param references what may refer to a group
 */
record GenesysCloud(StandIn standIn, GenesysGroups groups, GenesysReferences references) {

    /** An organisation in which nothing refers to any group. */
    static GenesysCloud of(Supplier<Instant> clock) {
        var standIn = new StandIn(
                new Address(
                        List.of(Providers.GENESYS_BASE.substring(1).split("/")),
                        List.of(Providers.GENESYS_TOKEN.substring(1).split("/")),
                        "ININ-Correlation-Id"),
                Access.basic(),
                ErrorForm.genesysScim(),
                clock);
        standIn.groups().withVersions().withoutDelete();
        var errors = ErrorForm.genesys();
        var cloud = new GenesysCloud(
                standIn, new GenesysGroups(standIn.directory(), errors), new GenesysReferences(errors));
        standIn.ownApi(cloud::answer);
        return cloud;
    }

    private Optional<Answer> answer(ProviderRequest request) {
        return Optional.of(GenesysResource.of(request)
                .map(resource -> answer(resource, request))
                .orElseGet(() -> ErrorForm.genesys().error(404, "not.found", "No such path.")));
    }

    private Answer answer(GenesysResource resource, ProviderRequest request) {
        var errors = ErrorForm.genesys();
        if (!request.header("Accept").contains("application/json")
                || !request.body().isEmpty()) {
            return errors.error(400, "bad.request", "A body, or no JSON accepted.");
        }
        if (resource == GenesysResource.NATIVE_GROUP) {
            return groups.answer(resource.id(request), request);
        }
        return request.is("GET")
                ? references.answer(resource, request)
                : errors.error(405, "method.not.allowed", "This method is not supported.");
    }
}
