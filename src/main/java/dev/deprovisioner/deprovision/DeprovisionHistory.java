package dev.deprovisioner.deprovision;

import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The runs there are and were. */
@Component
public class DeprovisionHistory {

    private final Deprovisions runs;

    DeprovisionHistory(Deprovisions runs) {
        this.runs = runs;
    }

    /**
     * Some runs, the newest first.
     *
     * @param next the last of these if there are older ones, else null
     */
    public record Page(List<Deprovision> items, @Nullable DeprovisionId next) {}

    /** The active or else the latest run of a group. */
    public Optional<Deprovision> latest(GroupId group) {
        return runs.latest(group);
    }

    /** The runs of a group, the newest first. */
    public List<Deprovision> ofGroup(GroupId group, int limit) {
        return runs.ofGroup(group, limit);
    }

    /** One run of a group, by any known spelling of the group's id. */
    public Optional<Deprovision> find(GroupId group, DeprovisionId id) {
        return runs.find(id)
                .filter(run ->
                        run.groupId().equals(group) || run.providerGroupId().equals(runs.spelling(group)));
    }

    /**
     * A page of the runs that a filter admits, the newest first.
     *
     * @param before older than this one only, or null for the newest
     */
    public Page page(RunFilter filter, @Nullable DeprovisionId before, int limit) {
        var found = runs.newest(filter, before, limit + 1);
        return found.size() <= limit
                ? new Page(found, null)
                : new Page(found.subList(0, limit), found.get(limit - 1).id());
    }
}
