package dev.deprovisioner.deprovision.web;

import dev.deprovisioner.deprovision.DeprovisionHistory;
import dev.deprovisioner.deprovision.RunFilter;
import dev.deprovisioner.deprovision.RunKey;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.paging.PageBound;
import dev.deprovisioner.paging.PageLimit;
import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.problem.RequestProblems;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes pages of the runs that a caller may see. */
@Component
class RunPages {

    private final DeprovisionHistory history;
    private final GroupAccess access;

    RunPages(DeprovisionHistory history, GroupAccess access) {
        this.history = history;
        this.access = access;
    }

    /**
     * A page of runs.
     *
     * @param items the runs that the caller is allowed to see, newest first
     * @param nextCursor the cursor of the next page; absent on the last page
     */
    @Schema(name = "Runs")
    record Page(
            @ArraySchema(maxItems = PageLimit.MAX) List<RunSummary> items,
            @Nullable Cursor nextCursor) {}

    /**
     * @param cursor where the page before ended, or null for the newest runs
     * @throws ProblemException if the cursor names no run, or one that the caller may not see
     */
    Page page(Caller caller, RunFilter filter, @Nullable Cursor cursor, PageLimit limit) {
        var before = cursor == null ? null : key(caller, cursor);
        var page = history.page(filter, before, limit.value(), key -> access.canSee(caller, key));
        var runs = page.items();
        var items = PageBound.fitting(runs.stream().map(RunSummary::from).toList());
        boolean more = page.more() || items.size() < runs.size();
        return new Page(
                items,
                more && !items.isEmpty() ? new Cursor(runs.get(items.size() - 1).id()) : null);
    }

    private RunKey key(Caller caller, Cursor cursor) {
        return history.key(cursor.last())
                .filter(key -> access.canSee(caller, key))
                .orElseThrow(() -> new ProblemException(RequestProblems.cursorUnknown()));
    }
}
