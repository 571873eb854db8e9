package dev.deprovisioner.providers;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The resources of Genesys Cloud that concern a group. */
enum GenesysResource implements Predicate<ProviderRequest> {
    SCIM_GROUP("/api/v2/scim/v2/groups/([^/]+)"),
    NATIVE_GROUP("/api/v2/groups/([^/]+)"),
    /** The rules that feed the group. */
    RULES("/api/v2/groups/([^/]+)/dynamicsettings"),
    QUEUES("/api/v2/routing/queues"),
    /** The queues of all divisions, by their ids and names. */
    ALL_QUEUES("/api/v2/routing/queues/divisionviews/all"),
    /** The state of Architect's dependency tracking. */
    BUILD("/api/v2/architect/dependencytracking/build"),
    FLOWS("/api/v2/architect/dependencytracking/consumingresources"),
    GRANTS("/api/v2/authorization/subjects/([^/]+)"),
    POLICIES("/api/v2/authorization/policies/subject/([^/]+)"),
    MAILBOX("/api/v2/voicemail/groups/([^/]+)/mailbox");

    private final Pattern path;

    GenesysResource(String path) {
        this.path = Pattern.compile(path);
    }

    static Optional<GenesysResource> of(ProviderRequest request) {
        return Stream.of(values()).filter(each -> each.test(request)).findFirst();
    }

    /** Whether the request is for this resource. */
    @Override
    public boolean test(ProviderRequest request) {
        return path.matcher(path(request)).matches();
    }

    /** The id in the path; empty if there is none. */
    String id(ProviderRequest request) {
        var matcher = path.matcher(path(request));
        return matcher.matches() && matcher.groupCount() > 0 ? matcher.group(1) : "";
    }

    private static String path(ProviderRequest request) {
        return "/" + String.join("/", request.path());
    }
}
