package dev.deprovisioner.webhook;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeliveryId;
import dev.deprovisioner.paging.PageBound;
import dev.deprovisioner.paging.PageLimit;
import dev.deprovisioner.paging.Position;
import dev.deprovisioner.problem.ProblemResponses;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.webhook.Deliveries.Numbered;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Webhooks: pending, delivered and undeliverable. */
@RestController
@Tag(name = "Webhooks")
class DeliveryController {

    private final Deliveries deliveries;
    private final Redelivery redelivery;

    DeliveryController(Deliveries deliveries, Redelivery redelivery) {
        this.deliveries = deliveries;
        this.redelivery = redelivery;
    }

    /**
     * One webhook.
     *
     * @param id its {@code webhook-id}, the same for all attempts
     * @param groupId the provider's id of the group; absent if the event is about the service
     * @param status its status: {@code PENDING}, {@code DELIVERED} (confirmed by the receiver) or
     *     {@code UNDELIVERABLE} (gave up); newer versions may have others
     * @param attempts number of attempts so far, with those before a redelivery, without probes of an unavailable
     *     receiver
     * @param nextAttemptAt the next attempt; earlier if an unavailable receiver answers again. Absent after the end
     * @param lastError the cause of the last failed attempt
     */
    @Schema(name = "Delivery")
    record View(
            String id,
            @Nullable String groupId,
            String status,
            @Schema(minimum = "0") int attempts,
            @Nullable Instant nextAttemptAt,
            @Nullable String lastError) {

        static View from(StoredDelivery delivery) {
            return switch (delivery) {
                case Delivery known ->
                    from(known, known.message().group().value(), known.status().name());
                case NewerDelivery newer -> from(newer, newer.groupId(), newer.status());
            };
        }

        private static View from(StoredDelivery delivery, @Nullable String group, String status) {
            return new View(
                    delivery.id().value(),
                    group,
                    status,
                    delivery.attempts(),
                    delivery.nextAttemptAt(),
                    delivery.lastError());
        }
    }

    /**
     * A page of webhooks.
     *
     * @param items the webhooks, newest first
     * @param nextCursor the cursor of the next page; absent on the last page
     */
    @Schema(name = "Deliveries")
    record Page(
            @ArraySchema(maxItems = PageLimit.MAX) List<View> items,

            @Nullable Position nextCursor) {

        static Page of(List<Numbered> found, int limit) {
            var items = PageBound.fitting(found.stream()
                    .limit(limit)
                    .map(one -> View.from(one.delivery()))
                    .toList());
            boolean more = found.size() > items.size();
            return new Page(
                    items, more ? new Position(found.get(items.size() - 1).number()) : null);
        }
    }

    /**
     * Lists webhooks, newest first.
     *
     * @param status only webhooks with this status
     * @param limit the largest number of webhooks in the page; a page of 1 MiB ends earlier
     * @param cursor the {@code nextCursor} of the previous page
     * @return the page
     */
    @Operation(operationId = "listDeliveries")
    @GetMapping(path = "/webhook-deliveries", produces = MediaType.APPLICATION_JSON_VALUE)
    Page list(
            @RequestParam(required = false) Delivery.@Nullable Status status,
            @RequestParam(defaultValue = "100") @Schema(minimum = "1", maximum = "" + PageLimit.MAX) int limit,
            @RequestParam(required = false) @Nullable Position cursor) {
        int most = new PageLimit(limit).value();
        return Page.of(deliveries.newest(status, cursor == null ? null : cursor.last(), most + 1), most);
    }

    /**
     * Redelivers a webhook under the same id.
     *
     * <p>A delivered or undeliverable webhook starts its whole schedule again. A pending one is attempted at once.
     *
     * @param id its {@code webhook-id}
     * @return the webhook with its new schedule
     */
    @Operation(operationId = "redeliver")
    @ApiResponse(responseCode = "202", description = "The redelivery was accepted.", useReturnTypeSchema = true)
    @ProblemResponses({ProblemType.NOT_FOUND, ProblemType.CONFLICT})
    @ResponseStatus(HttpStatus.ACCEPTED)
    @PostMapping(path = "/webhook-deliveries/{id}/redelivery", produces = MediaType.APPLICATION_JSON_VALUE)
    View redeliver(@PathVariable DeliveryId id, Authentication authentication) {
        return View.from(redelivery.request(id, Caller.of(authentication)));
    }
}
