package dev.deprovisioner.deprovision;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The runs there are and were. */
@Component
public class DeprovisionHistory {

    /** So many runs are looked through at once for those that the caller may see. */
    private static final int CHUNK = 1000;

    private static final int NEWEST = 50;

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
     * @param more whether there are older ones
     */
    public record Page(List<Run> items, boolean more) {}

    /** The active or else the latest run of a group. */
    public Optional<Run> latest(GroupId group) {
        return runs.latest(group);
    }

    /**
     * The run of a group that counts for a caller: its own one that waits to hold the group, else the active or else the
     * latest one.
     */
    public Optional<Run> latest(GroupId group, Caller caller) {
        return runs.awaiting(group, caller).or(() -> runs.latest(group));
    }

    /** The latest run that this caller requested, if it is one of the newest of the group. */
    public Optional<Run> latestBy(Caller caller, GroupId group) {
        return runs.ofGroup(group, NEWEST).stream()
                .filter(run -> run.request().by().equals(caller))
                .findFirst();
    }

    /** One run of a group, by any known spelling of the group's id. */
    public Optional<Run> find(GroupId group, DeprovisionId id) {
        return runs.find(id)
                .filter(run ->
                        run.groupId().equals(group) || run.providerGroupId().equals(runs.spelling(group)));
    }

    /** The place of a run in a list. */
    public Optional<RunKey> key(DeprovisionId id) {
        return lists.find(id);
    }

    /**
     * A page of the runs that a filter admits and the caller may see, the newest first. Looks through runs that the caller
     * may not see, until the page is full or there are no more.
     *
     * @param before older than this one only, or null for the newest
     */
    public Page page(RunFilter filter, @Nullable RunKey before, int limit, Predicate<RunKey> visible) {
        var found = keys(filter, before, limit + 1, visible);
        var page = found.subList(0, Math.min(limit, found.size()));
        return new Page(lists.read(page), found.size() > limit);
    }

    private List<RunKey> keys(RunFilter filter, @Nullable RunKey before, int atMost, Predicate<RunKey> visible) {
        var range = lists.range(filter);
        var found = new ArrayList<RunKey>();
        @Nullable Long last = before == null ? null : before.sequence();
        int size = atMost;
        while (true) {
            var chunk = chunk(filter, range, last, size);
            chunk.stream().filter(visible).limit(atMost - found.size()).forEach(found::add);
            if (chunk.size() < size || found.size() == atMost) {
                return found;
            }
            last = chunk.getLast().sequence();
            size = CHUNK;
        }
    }

    private List<RunKey> chunk(RunFilter filter, RunLists.Range range, @Nullable Long last, int size) {
        var group = filter.group();
        return group == null
                ? lists.newest(filter, range, last, size)
                : lists.ofGroup(group, runs.spelling(group), last, size);
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
