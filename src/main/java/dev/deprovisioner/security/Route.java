package dev.deprovisioner.security;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.POST;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.GrantedAuthority;

/**
 * A request that callers are allowed to send. The access rules and the description of the API are made of this list.
 *
 * @param scope the scope that a caller's token must have
 */
record Route(HttpMethod method, String pattern, String scope) {

    private static final String READ = "deprovision:read";
    private static final String WRITE = "deprovision:write";
    private static final String APPROVE = "deprovision:approve";
    private static final String WEBHOOKS = "webhook:manage";
    private static final String AUDIT = "audit:read";
    private static final String UPSTREAM = "upstream:read";

    /** The resource server puts it before each scope of a token. */
    private static final String PREFIX = "SCOPE_";

    static final List<Route> ALL = List.of(
            new Route(POST, "/deprovisions/{groupId}", WRITE),
            new Route(DELETE, "/deprovisions/{groupId}", WRITE),
            new Route(POST, "/deprovisions/{groupId}/abandonment", APPROVE),
            new Route(GET, "/deprovisions", READ),
            new Route(GET, "/deprovisions/{groupId}", READ),
            new Route(GET, "/deprovisions/{groupId}/runs", READ),
            new Route(GET, "/deprovisions/{groupId}/runs/{id}", READ),
            new Route(GET, "/deprovisions/{groupId}/runs/{id}/blockers", READ),
            new Route(GET, "/audit-entries", AUDIT),
            new Route(GET, "/audit-entries/verification", AUDIT),
            new Route(GET, "/upstream", UPSTREAM),
            new Route(GET, "/webhook-deliveries", WEBHOOKS),
            new Route(POST, "/webhook-deliveries/{id}/redelivery", WEBHOOKS));

    /** A HEAD is answered as the GET would be, without the body (RFC 9110, section 9.3.2). */
    List<HttpMethod> methods() {
        return method.equals(GET) ? List.of(GET, HEAD) : List.of(method);
    }

    /**
     * The scope as the resource server names it, by default and with the prefix that is set; either is enough.
     *
     * @param prefix the operator's setting, null for none
     */
    String[] authorities(@Nullable String prefix) {
        return Stream.of(PREFIX, Objects.requireNonNullElse(prefix, PREFIX))
                .distinct()
                .map(each -> each + scope)
                .toArray(String[]::new);
    }

    /** The scopes behind the authorities of a denied request, separated by spaces as in a token (RFC 6749, section 3.3). */
    static String scopes(Collection<? extends GrantedAuthority> authorities) {
        return authorities.stream()
                .map(authority -> Objects.requireNonNullElse(authority.getAuthority(), ""))
                .filter(name -> name.startsWith(PREFIX))
                .map(name -> name.substring(PREFIX.length()))
                .collect(Collectors.joining(" "));
    }
}
