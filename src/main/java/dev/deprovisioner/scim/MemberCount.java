package dev.deprovisioner.scim;

import dev.deprovisioner.problem.MemberProblems;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What the provider's own API says of the number of members of a group. */
public sealed interface MemberCount {

    /**
     * What SCIM and this count prove together: a list is complete only if it is as long as the count, and empty only if the
     * count is 0.
     */
    MemberEvidence confirm(MemberEvidence overScim);

    /** @param members not negative */
    record Counted(long members) implements MemberCount {

        @Override
        public MemberEvidence confirm(MemberEvidence overScim) {
            return switch (overScim) {
                case MemberEvidence.Listed(var listed)
                when listed.size() < members ->
                    new MemberEvidence.Incomplete(listed, MemberProblems.ownApiCountsMore(listed.size(), members));
                case MemberEvidence.NotListed notListed
                when members > 0 ->
                    new MemberEvidence.Incomplete(List.of(), MemberProblems.ownApiCountsMore(0, members));
                case MemberEvidence.Listed listed -> listed;
                case MemberEvidence.NotListed notListed -> notListed;
                case MemberEvidence.Incomplete incomplete -> incomplete;
            };
        }
    }

    /** The answer has no count, or one that is no number of members: it may be any, and would never show an empty group. */
    record Unreadable() implements MemberCount {

        @Override
        public MemberEvidence confirm(MemberEvidence overScim) {
            return switch (overScim) {
                case MemberEvidence.Listed(var listed)
                when listed.isEmpty() -> new MemberEvidence.NotListed(MemberProblems.memberCountMissing());
                case MemberEvidence.Listed(var listed) ->
                    new MemberEvidence.Incomplete(listed, MemberProblems.memberCountMissing(listed.size()));
                case MemberEvidence.NotListed notListed -> notListed;
                case MemberEvidence.Incomplete incomplete -> incomplete;
            };
        }
    }

    /** Reading is tolerant: a count may be a text, or end with .0. */
    static MemberCount of(JsonNode value) {
        var digits = value.isString() || value.isNumber() ? value.asString().replaceFirst("\\.0+$", "") : "";
        return digits.matches("\\d{1,18}") ? new Counted(Long.parseLong(digits)) : new Unreadable();
    }
}
