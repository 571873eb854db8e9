package dev.deprovisioner.scim;

import dev.deprovisioner.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The evidence in the answers to a read of a group. An answer proves a statement only if this provider uses that form
 * for the statement. Everything else is unknown, and unknown is never "empty" or "gone".
 */
public sealed interface GroupEvidence {

    /**
     * The provider showed this group: 200, and a JSON object whose {@code id} is the one asked for.
     *
     * @param members what the same read proves about its members
     * @param sentAt when the read was sent, by the monotonic clock, in nanoseconds; of several requests, the first
     * @param nativeGroup the same group in the provider's own API; null if it is not read there
     */
    record Present(
            ScimGroup group,
            MemberEvidence members,
            long sentAt,
            @Nullable NativeGroup nativeGroup) implements GroupEvidence {

        Present(ScimGroup group, MemberEvidence members, long sentAt) {
            this(group, members, sentAt, null);
        }
    }

    /** The provider stated that there is no such group, in a form that proves it. */
    record Absent() implements GroupEvidence {}

    /**
     * SCIM states that there is no such group, and the provider's own API shows it: neither is proven.
     *
     * @param sentAt when the read of the own API was sent, by the monotonic clock, in nanoseconds
     * @param problem the difference, with a remedy for the operator
     */
    record OnlyInOwnApi(NativeGroup group, long sentAt, Problem problem) implements GroupEvidence {}

    /**
     * 404 or 410 in a form that a gateway or a missing route also uses, and that no control read confirmed.
     *
     * @param problem what was answered, with a remedy for the operator
     */
    record Unproven(Problem problem) implements GroupEvidence {}
}
