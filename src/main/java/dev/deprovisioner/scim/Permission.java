package dev.deprovisioner.scim;

import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.upstream.Faults;
import dev.deprovisioner.upstream.UpstreamResponse;
import java.util.List;

/** What the provider has to permit. Only some providers have a scope for it. */
enum Permission {
    READ_GROUPS("read groups", "scim:group:read"),
    CHANGE_MEMBERS("change the members of groups", "scim:group:write"),
    DELETE_GROUPS("delete groups", "scim:group:delete");

    private final String action;
    private final String scope;

    Permission(String action, String scope) {
        this.action = action;
        this.scope = scope;
    }

    /** @param scopes those that tokens are requested with */
    Fault denied(UpstreamResponse response, List<String> scopes) {
        return scopes.contains(scope)
                ? Faults.scopeDenied(response, scope, action)
                : Faults.forbidden(response, action);
    }
}
