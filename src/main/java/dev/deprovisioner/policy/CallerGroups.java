package dev.deprovisioner.policy;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.RunProblems;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The groups that each caller is allowed to manage. Without any entry, every caller is allowed to manage every group. */
public final class CallerGroups {

    private final List<Entry> entries;

    public CallerGroups(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * @param principal the caller of the entry
     * @param groups the ids or display names of the groups that this caller is allowed to manage
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
    public boolean mayManageAny(Caller caller) {
        return entries.isEmpty()
                || entries.stream().anyMatch(entry -> entry.principal().matches(caller.value()));
    }

    /** @param displayName null while it is not known, or if the group has none */
    public boolean mayManage(Caller caller, GroupId id, @Nullable String displayName) {
        return entries.isEmpty()
                || entries.stream()
                        .filter(entry -> entry.principal().matches(caller.value()))
                        .anyMatch(entry -> entry.admits(id, displayName));
    }

    /** The refusal of a group after its read; empty if the caller is allowed to manage it. It omits the group's name. */
    public Optional<Problem> refusal(Caller caller, GroupId id, @Nullable String displayName) {
        if (mayManage(caller, id, displayName)) {
            return Optional.empty();
        }
        return Optional.of(RunProblems.groupProtected(caller, id));
    }
}
