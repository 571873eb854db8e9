package dev.deprovisioner.scim;

import dev.deprovisioner.problem.Problem;

/** The statement of one answer to the read of a group. */
sealed interface GroupResponse {

    /**
     * The group.
     *
     * @param sentAt when the read was sent, by the monotonic clock, in nanoseconds
     */
    record Shown(ScimGroup group, MemberList members, long sentAt) implements GroupResponse {

        /** The same group with the members of a second read, which asked for them by name. */
        Shown withMembersOf(Shown named) {
            return new Shown(group, named.members.besides(members), sentAt);
        }
    }

    /** There is no such group, in a form that proves it. */
    record Gone() implements GroupResponse {}

    /**
     * 404 or 410 in a form that a gateway may use as well.
     *
     * @param form the status and the media type
     * @param problem what was answered, for the operator
     */
    record Doubtful(String form, Problem problem) implements GroupResponse {

        /** Whether both answers may come from the same server; their words may hold a time or the id of a request. */
        boolean isSameAs(Doubtful other) {
            return form.equals(other.form);
        }
    }
}
