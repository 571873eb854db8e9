package dev.deprovisioner.scim;

import dev.deprovisioner.problem.Problem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The result of a request to change or delete a group. None of them proves the effect: that takes a read. */
public sealed interface GroupChange {

    /**
     * 2xx.
     *
     * @param etag the version that the answer names, or null
     */
    record Accepted(@Nullable String etag) implements GroupChange {}

    /** 404 or 410 to a deletion: there is no such group, the provider says. */
    record Absent() implements GroupChange {}

    /** 400 {@code noTarget}: there was nothing to remove. */
    record NothingToDo() implements GroupChange {}

    /**
     * 400, 404, 410 or 422 to a removal that names members, 404 or 410 to one of all members: it certainly had no effect. If
     * members are named, one of them may be the reason.
     */
    record Refused(Problem problem) implements GroupChange {}

    /**
     * 412, a 400 that speaks of a version, or a 501 to a request that carried {@code If-Match}: the version that was sent is
     * not accepted. The change may have had its effect all the same.
     *
     * @param code the status, with the provider's code for the error
     */
    record VersionConflict(String code, Problem problem) implements GroupChange {}

    /**
     * 409: refused as the group is now; it may have had its effect all the same.
     *
     * @param code the status, with the provider's code for the error
     * @param words what the provider says about it, or null; it may name people
     * @param aboutVersion whether the code or the words speak of a version or an abort, and not of a dependency
     * @param correlationId the provider's id of the request, or null
     */
    record Conflict(
            String code,
            @Nullable String words,
            boolean aboutVersion,
            @Nullable String correlationId) implements GroupChange {}

    /**
     * No answer, or none to rely on: it may or may not have happened.
     *
     * @param notBefore how long the provider asks to be left alone, zero if it does not say
     */
    record Unknown(Problem problem, Duration notBefore) implements GroupChange {}
}
