package dev.deprovisioner.chaos;

import java.util.Set;

/**
 * An answer of the provider to the service.
 *
 * @param delivered whether the service can have got it
 */
record Reply(int status, Content content, boolean delivered) {

    /** What the answer says. */
    sealed interface Content {}

    /**
     * Members of a group.
     *
     * @param complete whether nothing in the answer says that there are more
     */
    record Members(Set<String> ids, boolean complete) implements Content {

        Members {
            ids = Set.copyOf(ids);
        }
    }

    /** The routing profile of a member, which is active. */
    record ActiveProfile(String member) implements Content {}

    /** There is no such group, in the form in which a SCIM provider says so. */
    record NoSuchGroup() implements Content {}

    /** Nothing that anything could be decided on. */
    record Unclear() implements Content {}

    /** In this form or in another. */
    boolean isNotFound() {
        return status == 404 || status == 410;
    }

    /** The members that a read of the group has shown to the service; there may be more. */
    Set<String> shown() {
        return delivered && content instanceof Members(var ids, var complete) ? ids : Set.of();
    }
}
