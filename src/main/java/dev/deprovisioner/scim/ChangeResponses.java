package dev.deprovisioner.scim;

import dev.deprovisioner.problem.RunProblems;
import dev.deprovisioner.upstream.Faults;
import dev.deprovisioner.upstream.UpstreamResponse;

/** Sorts the answers to a change by what they say of it. */
final class ChangeResponses {

    private ChangeResponses() {}

    /** The changes that a provider is asked for, as far as they differ in what an error status means. */
    enum Change {
        REMOVAL_BY_NAME(Permission.CHANGE_MEMBERS, "the removal of members"),
        REMOVAL_OF_ALL(Permission.CHANGE_MEMBERS, "the removal of members"),
        DELETION(Permission.DELETE_GROUPS, "the deletion");

        private final Permission permission;
        private final String words;

        Change(Permission permission, String words) {
            this.permission = permission;
            this.words = words;
        }
    }

    /**
     * @param conditional whether the request carried {@code If-Match}
     * @throws dev.deprovisioner.problem.Fault if only a person can change the answer
     */
    static GroupChange of(UpstreamResponse response, Change change, boolean conditional, PermissionNames permissions) {
        if (response.isSuccess()) {
            return new GroupChange.Accepted(response.etag());
        }
        return switch (response.status()) {
            case 400 -> badRequest(response, change);
            case 403 -> throw permissions.denied(change.permission, response);
            case 404, 410 -> notFound(response, change);
            case 409 -> conflict(response);
            case 412 -> versionConflict(response);
            case 422 -> refused(response, change);
            case 501 -> notImplemented(response, change, conditional);
            default -> throw Faults.unexpected(response, change.words);
        };
    }

    private static GroupChange badRequest(UpstreamResponse response, Change change) {
        if (response.scimType().equals("noTarget")) {
            return new GroupChange.NothingToDo();
        }
        return speaksOfVersion(response) ? versionConflict(response) : refused(response, change);
    }

    private static GroupChange notFound(UpstreamResponse response, Change change) {
        return switch (change) {
            case DELETION -> new GroupChange.Absent();
            case REMOVAL_BY_NAME, REMOVAL_OF_ALL ->
                new GroupChange.Refused(
                        Faults.unexpected(response, change.words).problem());
        };
    }

    /** A removal by name may be refused because of one member, so it is not a fault of the whole request. */
    private static GroupChange refused(UpstreamResponse response, Change change) {
        var fault = Faults.unexpected(response, change.words);
        return switch (change) {
            case REMOVAL_BY_NAME -> new GroupChange.Refused(fault.problem());
            case REMOVAL_OF_ALL, DELETION -> throw fault;
        };
    }

    /** It may be the condition that is not implemented. */
    private static GroupChange notImplemented(UpstreamResponse response, Change change, boolean conditional) {
        if (conditional) {
            return versionConflict(response);
        }
        throw Faults.unexpected(response, change.words);
    }

    private static GroupChange conflict(UpstreamResponse response) {
        return new GroupChange.Conflict(
                response.errorCode(), response.errorWords(), speaksOfVersion(response), response.correlationId());
    }

    private static GroupChange versionConflict(UpstreamResponse response) {
        var problem = RunProblems.versionRefused(response.errorCode(), response.errorWords());
        return new GroupChange.VersionConflict(response.errorCode(), problem.correlated(response.correlationId()));
    }

    private static boolean speaksOfVersion(UpstreamResponse response) {
        return VersionConflictWords.in(response.errorCode(), response.errorWords());
    }
}
