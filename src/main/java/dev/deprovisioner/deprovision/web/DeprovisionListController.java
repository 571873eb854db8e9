package dev.deprovisioner.deprovision.web;

import dev.deprovisioner.deprovision.RunFilter;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.paging.PageLimit;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Runs of all groups, newest first. */
@RestController
@Tag(name = "All groups")
class DeprovisionListController {

    private final RunPages pages;

    DeprovisionListController(RunPages pages) {
        this.pages = pages;
    }

    /**
     * Lists runs of all groups, newest first.
     *
     * @param status only runs with this status
     * @param requestedBy only runs that this caller requested
     * @param from only runs that were requested at this time or later
     * @param to only runs that were requested before this time
     * @param limit the largest number of runs in the page; a page of 1 MiB ends earlier
     * @param cursor the {@code nextCursor} of the previous page
     * @return the page, without runs that the caller is not allowed to see
     */
    @Operation(operationId = "listDeprovisions")
    @GetMapping(path = "/deprovisions", produces = MediaType.APPLICATION_JSON_VALUE)
    RunPages.Page list(
            @RequestParam(required = false) @Nullable Status status,
            @RequestParam(required = false) @Nullable String requestedBy,
            @RequestParam(required = false) @Schema(format = "date-time") @Nullable String from,
            @RequestParam(required = false) @Schema(format = "date-time") @Nullable String to,
            @RequestParam(defaultValue = "100") @Schema(minimum = "1", maximum = "" + PageLimit.MAX) int limit,
            @RequestParam(required = false) @Nullable Cursor cursor,
            Authentication authentication) {
        var most = new PageLimit(limit);
        RequestValues.requireText("requestedBy", requestedBy, RequestValues.MAX_NAME);
        var filter = new RunFilter(
                null,
                status,
                requestedBy == null ? null : new Caller(requestedBy),
                RequestValues.time("from", from),
                RequestValues.time("to", to));
        return pages.page(Caller.of(authentication), filter, cursor, most);
    }
}
