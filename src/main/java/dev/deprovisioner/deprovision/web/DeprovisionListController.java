package dev.deprovisioner.deprovision.web;

import dev.deprovisioner.deprovision.DeprovisionHistory;
import dev.deprovisioner.deprovision.RunFilter;
import dev.deprovisioner.deprovision.Status;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** All groups: the runs there are and were, the newest first. */
@RestController
@Tag(name = "All groups")
class DeprovisionListController {

    private static final int MAX_LIMIT = 1000;

    private final DeprovisionHistory history;
    private final GroupAccess access;

    DeprovisionListController(DeprovisionHistory history, GroupAccess access) {
        this.history = history;
        this.access = access;
    }

    /**
     * Some runs of all.
     *
     * @param items what the caller may see of the page
     * @param nextCursor gets the page after this one; absent on the last
     */
    @Schema(name = "Page")
    record Page(
            @ArraySchema(maxItems = DeprovisionListController.MAX_LIMIT)
            List<SummaryView> items,

            @Nullable Cursor nextCursor) {}

    /**
     * Lists runs of all groups, the newest first.
     *
     * @param status only runs that have it
     * @param requestedBy only runs that this caller requested
     * @param from only runs that were requested at this time or later
     * @param to only runs that were requested before this time
     * @param limit how many runs at most
     * @param cursor where a page before ended, as its {@code nextCursor} says
     * @return what the caller may see of the page
     */
    @Operation(operationId = "listDeprovisions")
    @GetMapping(path = "/deprovisions", produces = MediaType.APPLICATION_JSON_VALUE)
    Page list(
            @RequestParam(required = false) @Nullable Status status,
            @RequestParam(required = false) @Nullable String requestedBy,
            @RequestParam(required = false) @Schema(format = "date-time") @Nullable String from,
            @RequestParam(required = false) @Schema(format = "date-time") @Nullable String to,
            @RequestParam(defaultValue = "100") @Schema(minimum = "1", maximum = "" + MAX_LIMIT) int limit,
            @RequestParam(required = false) @Nullable Cursor cursor,
            Authentication caller) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw RequestValues.invalid("limit is from 1 to " + MAX_LIMIT + ".", "Ask for fewer runs.");
        }
        RequestValues.requireText("requestedBy", requestedBy, RequestValues.MAX_NAME);
        var filter = new RunFilter(status, requestedBy, RequestValues.time("from", from), RequestValues.time("to", to));
        var page = history.page(filter, cursor == null ? null : cursor.last(), limit);
        var next = page.next();
        return new Page(
                page.items().stream()
                        .filter(run -> access.sees(caller.getName(), run))
                        .map(SummaryView::from)
                        .toList(),
                next == null ? null : new Cursor(next));
    }
}
