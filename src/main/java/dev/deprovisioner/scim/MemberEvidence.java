package dev.deprovisioner.scim;

import java.util.List;

/** The evidence of a read of a group about its members. */
public sealed interface MemberEvidence {

    /**
     * The complete list; an empty one only where this provider is known to list members.
     *
     * @param members each once
     */
    record Listed(List<ScimGroup.Member> members) implements MemberEvidence {

        public Listed {
            members = List.copyOf(members);
        }
    }

    /**
     * No members were shown, and nothing proves that this provider shows any.
     *
     * @param query the query that asked for them, such as {@code attributes=members}, for the operator; empty if an answer
     *     without a query showed an empty list
     */
    record NotListed(String query) implements MemberEvidence {}

    /**
     * The list is shorter than a count in the same answer, or ends with a cursor to a next page.
     *
     * @param shown the members that it lists
     * @param stated how many there are by that count; -1 where only a cursor shows that there are more
     */
    record Incomplete(List<ScimGroup.Member> shown, long stated) implements MemberEvidence {

        public Incomplete {
            shown = List.copyOf(shown);
        }
    }
}
