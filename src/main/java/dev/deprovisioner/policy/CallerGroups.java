package dev.deprovisioner.policy;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which groups each caller may name; every caller every group, while there is no entry at all. */
public final class CallerGroups {

    private final List<Entry> entries;

    public CallerGroups(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * @param principal the caller that the entry is for
     * @param groups which groups they may name, by id or by display name
     */
    public record Entry(Glob principal, List<Glob> groups) {

        public Entry {
            groups = List.copyOf(groups);
        }

        private boolean admits(GroupId id, @Nullable String displayName) {
            return groups.stream()
                    .anyMatch(
                            group -> group.matches(id.value()) || (displayName != null && group.matches(displayName)));
        }
    }

    /** Whether some group may be allowed to the caller. The display name of a group is unknown until it was read. */
    public boolean mayNameAny(Caller caller) {
        return entries.isEmpty()
                || entries.stream().anyMatch(entry -> entry.principal().matches(caller.value()));
    }

    /** @param displayName null while it is not known, or if the group has none */
    public boolean mayName(Caller caller, GroupId id, @Nullable String displayName) {
        return entries.isEmpty()
                || entries.stream()
                        .filter(entry -> entry.principal().matches(caller.value()))
                        .anyMatch(entry -> entry.admits(id, displayName));
    }

    /** Why a group that was read is not to be taken out for a caller; empty if it may be. Does not tell the group's name. */
    public Optional<Problem> refusal(Caller caller, GroupId id, @Nullable String displayName) {
        if (mayName(caller, id, displayName)) {
            return Optional.empty();
        }
        return Optional.of(new Problem(
                ProblemType.GROUP_PROTECTED,
                "Caller " + caller + " may name neither the id nor the display name of group " + id + ".",
                "Have a caller post it who may, or an operator add the group to this caller's in"
                        + " deprovisioner.security.callers."));
    }
}
