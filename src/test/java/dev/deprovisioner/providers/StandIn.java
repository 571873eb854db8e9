package dev.deprovisioner.providers;

import dev.deprovisioner.testbed.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A SCIM provider in memory: what it answers to each request. */
final class StandIn {

    /** The provider's id of each request. */
    static final String REQUEST_ID = "80cc7268-02b8-4e37-a787-da7b9b7a1952";

    private final Address address;
    private final Access access;
    private final ErrorForm errors;
    private final Directory directory;
    private final GroupEndpoint groups;
    private final UserEndpoint users;
    private Function<ProviderRequest, Optional<Answer>> ownApi = request -> Optional.empty();
    private boolean filters = true;
    private Function<ProviderRequest, Optional<Answer>> fault = request -> Optional.empty();
    private Function<ProviderRequest, Optional<Answer>> substitute = request -> Optional.empty();

    /**
     * Where a provider is.
     *
     * @param base the segments of the path below which its resources are
     * @param token those of its token endpoint
     * @param requestIdHeader the header that names each request
     */
    record Address(List<String> base, List<String> token, String requestIdHeader) {}

    StandIn(Address address, Access access, ErrorForm errors, Supplier<Instant> clock) {
        var syntax = new ScimSyntax();
        this.address = address;
        this.access = access;
        this.errors = errors;
        this.directory = new Directory(clock);
        this.groups = new GroupEndpoint(directory, syntax, errors);
        this.users = new UserEndpoint(directory, syntax, errors);
    }

    Directory directory() {
        return directory;
    }

    GroupEndpoint groups() {
        return groups;
    }

    UserEndpoint users() {
        return users;
    }

    /** Says in its configuration that it has no filters, and refuses them. */
    void withoutFilters() {
        filters = false;
        users.unsupported("filter");
    }

    /** Sets what the provider's own API answers, which is beside its SCIM API and needs the same token. */
    void ownApi(Function<ProviderRequest, Optional<Answer>> value) {
        ownApi = value;
    }

    /** Sets what is answered instead, before a request has an effect. */
    void onRequest(Function<ProviderRequest, Optional<Answer>> value) {
        fault = value;
    }

    /** Sets what is answered instead, after a request had its effect. */
    void onAnswer(Function<ProviderRequest, Optional<Answer>> value) {
        substitute = value;
    }

    Answer answer(ProviderRequest request) {
        return sent(request).with(address.requestIdHeader(), REQUEST_ID);
    }

    boolean isForToken(ProviderRequest request) {
        return request.path().equals(address.token());
    }

    private Answer sent(ProviderRequest request) {
        if (request.header("User-Agent").isEmpty()) {
            return errors.error(403, "FORBIDDEN", "A request needs a User-Agent.");
        }
        if (isForToken(request)) {
            return access.token(request).orElseGet(() -> errors.notFound("No token endpoint."));
        }
        if (!access.permits(request)) {
            return errors.error(401, "UNAUTHENTICATED", "The bearer token is not accepted.");
        }
        return fault.apply(request).orElseGet(() -> {
            var answer = resource(request);
            return substitute.apply(request).orElse(answer);
        });
    }

    boolean isOverScim(ProviderRequest request) {
        int depth = address.base().size();
        return request.path().size() > depth && request.path().subList(0, depth).equals(address.base());
    }

    private Answer resource(ProviderRequest request) {
        if (!isOverScim(request)) {
            return ownApi.apply(request).orElseGet(() -> errors.notFound("No such path."));
        }
        int depth = address.base().size();
        var path = request.path();
        boolean single = path.size() == depth + 2;
        return switch (path.get(depth).toLowerCase(Locale.ROOT)) {
            case "groups" -> single ? groups.answer(path.getLast(), request) : groups.list(request);
            case "users" -> users.answer(request);
            case "serviceproviderconfig" -> configuration();
            case "schemas" -> schemas();
            default -> errors.notFound("No such path.");
        };
    }

    private static Answer schemas() {
        return new Answer(200, Map.of("Content-Type", "application/scim+json"), """
                {"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":1,"Resources":[\
                {"id":"urn:ietf:params:scim:schemas:core:2.0:Group","attributes":[\
                {"name":"members","multiValued":true,"returned":"default"}]}]}""");
    }

    private Answer configuration() {
        var body = """
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],"patch":{"supported":true},\
                "bulk":{"supported":false,"maxOperations":0,"maxPayloadSize":0},\
                "filter":{"supported":%b,"maxResults":100},"changePassword":{"supported":false},\
                "sort":{"supported":false},"etag":{"supported":false},"authenticationSchemes":[]}""".formatted(filters);
        return new Answer(200, Map.of("Content-Type", "application/scim+json"), body);
    }
}
