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
     * @param items the runs that the caller is allowed to see, newest first. They can be fewer than the limit, or none, though
     *     a page follows
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
        var before = cursor == null ? null : position(caller, cursor);
        var page = history.page(filter, before, limit.value(), key -> access.canSee(caller, key));
        var runs = page.items();
        var items = PageBound.fitting(runs.stream().map(RunSummary::from).toList());
        return new Page(items, next(page, items.size()));
    }

    /** @param shown how many of the found runs are shown */
    private static @Nullable Cursor next(DeprovisionHistory.Page page, int shown) {
        var runs = page.items();
        boolean all = shown == runs.size();
        if (all && page.below() != null) {
            return Cursor.below(page.below());
        }
        return shown > 0 && (page.more() || !all)
                ? Cursor.after(runs.get(shown - 1).id())
                : null;
    }

    private long position(Caller caller, Cursor cursor) {
        var last = cursor.last();
        return last == null
                ? cursor.below()
                : history.key(last)
                        .filter(key -> access.canSee(caller, key))
                        .map(RunKey::sequence)
                        .orElseThrow(() -> new ProblemException(RequestProblems.cursorUnknown()));
    }
}
