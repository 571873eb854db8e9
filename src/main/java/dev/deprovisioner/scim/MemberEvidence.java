package dev.deprovisioner.scim;

import dev.deprovisioner.problem.MemberProblems;
import dev.deprovisioner.problem.Problem;
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
     * No members were shown, and nothing proves that this provider shows them to this client.
     *
     * @param problem what was shown and what is missing, with a remedy for the operator
     */
    record NotListed(Problem problem) implements MemberEvidence {}

    /**
     * The list is shorter than a count in the answers, stands beside a count that cannot be read, ends with a cursor to a next
     * page, or contradicts itself.
     *
     * @param shown the members that it lists
     * @param problem why there may be more, with a remedy for the operator
     */
    record Incomplete(List<ScimGroup.Member> shown, Problem problem) implements MemberEvidence {

        public Incomplete {
            shown = List.copyOf(shown);
        }

        /** @param stated how many there are by the list's own count; -1 where no count shows that there are more */
        public Incomplete(List<ScimGroup.Member> shown, long stated) {
            this(shown, MemberProblems.membersIncomplete(shown.size(), stated));
        }
    }
}
