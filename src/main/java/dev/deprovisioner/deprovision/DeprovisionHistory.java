package dev.deprovisioner.deprovision;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The runs there are and were. */
@Component
public class DeprovisionHistory {

    private final Deprovisions runs;
    private final RunLists lists;
    private final Blockers blockers;

    DeprovisionHistory(Deprovisions runs, RunLists lists, Blockers blockers) {
        this.runs = runs;
        this.lists = lists;
        this.blockers = blockers;
    }

    /**
     * Some runs, the newest first.
     *
     * @param more whether the page is full, and there are older ones
     * @param below where the search ended before the page was full: runs with a lower sequence may follow. Null if the page is
     *     full or no run is left
     */
    public record Page(
            List<Run> items, boolean more, @Nullable Long below) {}

    /** The active or else the latest run of a group. */
    public Optional<Run> latest(GroupId group) {
        return runs.latest(group);
    }

    /**
     * The run of a group that counts for a caller: its own one that waits to hold the group, else the active or else the
     * latest one.
     */
    public Optional<Run> latest(GroupId group, Caller caller) {
        var spelling = runs.spelling(group);
        return runs.awaiting(spelling, caller).or(() -> runs.latest(spelling));
    }

    /** The latest run that this caller requested, if it is one of the newest of the group. */
    public Optional<Run> latestBy(Caller caller, GroupId group) {
        return runs.latestBy(caller, group);
    }

    /** One run of a group, by any known spelling of the group's id. */
    public Optional<Run> find(GroupId group, DeprovisionId id) {
        return runs.find(id)
                .filter(run -> run.groupId().equals(group)
                        || run.providerGroupId().equals(runs.spelling(group).providers()));
    }

    /** The place of a run in a list. */
    public Optional<RunKey> key(DeprovisionId id) {
        return lists.find(id);
    }

    /**
     * A page of the runs that a filter admits and the caller may see, the newest first. Looks through runs that the caller
     * may not see, until the page is full, there are no more, or it has looked at many.
     *
     * @param before only runs with a lower sequence, or null for the newest
     */
    public Page page(RunFilter filter, @Nullable Long before, int limit, Predicate<RunKey> visible) {
        var range = lists.range(filter);
        var search = new RunSearch((last, size) -> chunk(filter, range, last, size), visible, limit + 1);
        var found = search.from(before);
        var keys = found.keys();
        return new Page(lists.read(keys.subList(0, Math.min(limit, keys.size()))), keys.size() > limit, found.below());
    }

    private List<RunKey> chunk(RunFilter filter, RunLists.Range range, @Nullable Long last, int size) {
        var group = filter.group();
        return group == null
                ? lists.newest(filter, range, last, size)
                : lists.ofGroup(runs.spelling(group), last, size);
    }

    /**
     * The next blockers of a run, in the order in which they were found.
     *
     * @param after how many of them come before these
     */
    public List<Blocker> blockers(Run run, long after, int limit) {
        return after < run.recorded().blockersTotal() ? blockers.page(run.id(), after, limit) : List.of();
    }
}
