package dev.deprovisioner.scim;

import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.upstream.Faults;
import dev.deprovisioner.upstream.UpstreamResponse;
import java.util.List;

/**
 * How the provider names what it permits, so that a remedy can say it in the words of its admin console.
 *
 * @param scopes those that tokens are requested with
 * @param inRoles whether roles of Genesys Cloud permit it
 */
record PermissionNames(List<String> scopes, boolean inRoles) {

    static PermissionNames of(List<String> scopes, ScimProperties properties) {
        return new PermissionNames(scopes, properties.deletesInGenesysCloud());
    }

    /** The fault of a 403. */
    Fault denied(Permission permission, UpstreamResponse response) {
        var action = permission.action();
        return scopes.contains(permission.scope())
                ? Faults.scopeDenied(response, permission.scope(), action)
                : Faults.forbidden(response, inRoles ? action + ", " + permission.inRoles() : action);
    }
}
