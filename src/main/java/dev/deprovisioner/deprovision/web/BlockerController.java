package dev.deprovisioner.deprovision.web;

import dev.deprovisioner.deprovision.Blocker;
import dev.deprovisioner.deprovision.DeprovisionHistory;
import dev.deprovisioner.deprovision.Run;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.paging.PageBound;
import dev.deprovisioner.paging.Position;
import dev.deprovisioner.problem.ProblemResponses;
import dev.deprovisioner.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The blockers of one run. */
@RestController
@Tag(name = "Blockers")
class BlockerController {

    private final DeprovisionHistory history;
    private final GroupAccess access;

    BlockerController(DeprovisionHistory history, GroupAccess access) {
        this.history = history;
        this.access = access;
    }

    /**
     * A page of the blockers of a run.
     *
     * @param items the blockers, in the order of discovery
     * @param nextCursor the cursor of the next page; absent on the last page
     */
    @Schema(name = "Blockers")
    record Page(
            @ArraySchema(maxItems = DeprovisionView.MAX_BLOCKERS)
            List<BlockerView> items,

            @Nullable Position nextCursor) {

        static Page of(Run run, long after, List<Blocker> found) {
            var items = PageBound.fitting(found.stream().map(BlockerView::from).toList());
            long last = after + items.size();
            boolean more = !items.isEmpty() && last < run.recorded().blockersTotal();
            return new Page(items, more ? new Position(last) : null);
        }
    }

    /**
     * Lists all blockers of a run.
     *
     * @param groupId the provider's id of the group
     * @param id the id of the run
     * @param cursor the {@code nextCursor} of the previous page
     * @return the page, at most 100 blockers
     */
    @Operation(operationId = "listBlockers")
    @ProblemResponses(ProblemType.NOT_FOUND)
    @GetMapping(path = "/deprovisions/{groupId}/runs/{id}/blockers", produces = MediaType.APPLICATION_JSON_VALUE)
    Page list(
            @PathVariable GroupId groupId,
            @PathVariable DeprovisionId id,
            @RequestParam(required = false) @Nullable Position cursor,
            Authentication authentication) {
        var run = access.run(Caller.of(authentication), groupId, id);
        long after = cursor == null ? 0 : Math.max(0, cursor.last());
        return Page.of(run, after, history.blockers(run, after, DeprovisionView.MAX_BLOCKERS));
    }
}
