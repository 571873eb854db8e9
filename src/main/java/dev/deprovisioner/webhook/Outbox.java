package dev.deprovisioner.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.deprovisioner.schedule.TaskId;
import dev.deprovisioner.schedule.TaskQueue;
import dev.deprovisioner.tracing.TraceContinuation;
import dev.deprovisioner.webhook.Delivery.Message;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/** The transactional outbox: stores events with the change that they are about; a durable task delivers each. */
@Component
public class Outbox {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SOURCE = "genesys_scim_deprovisioner";

    private final WebhookProperties properties;
    private final Deliveries deliveries;
    private final TaskQueue queue;
    private final TraceContinuation traces;
    private final InstantSource clock;

    Outbox(
            WebhookProperties properties,
            Deliveries deliveries,
            @Qualifier("webhookQueue") TaskQueue queue,
            TraceContinuation traces,
            InstantSource clock) {
        this.properties = properties;
        this.deliveries = deliveries;
        this.queue = queue;
        this.traces = traces;
        this.clock = clock;
    }

    @JsonPropertyOrder({"event", "group_id", "timestamp", "source"})
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Body(
            String event,
            String groupId,
            Instant timestamp,
            String source,
            String deprovisionId,
            @Nullable String outcome,
            @Nullable String problem,
            @Nullable Integer membersRemoved) {}

    public boolean hasReceiver() {
        return properties.url() != null;
    }

    /** Whether the receiver is to get events of this kind. */
    public boolean isSubscribed(WebhookEventType event) {
        return properties.isSubscribed(event);
    }

    /**
     * Delivers at least once, under one id, once the caller's transaction has committed.
     *
     * @throws OptimisticLockingFailureException if it was announced before: another process owns the run
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void add(GroupDeprovisioned event) {
        var body = new Body(
                WebhookEventType.GROUP_DEPROVISIONED.wireName(),
                event.group().value(),
                event.at(),
                SOURCE,
                event.deprovision().toString(),
                event.outcome(),
                null,
                event.membersRemoved());
        add(new Message(
                WebhookEventType.GROUP_DEPROVISIONED,
                event.deprovision(),
                event.group(),
                JSON.writeValueAsString(body)));
    }

    /** Stores the end of a run without success, in the caller's transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void add(DeprovisionUnsuccessful end) {
        var body = new Body(
                end.event().wireName(),
                end.group().value(),
                end.at(),
                SOURCE,
                end.deprovision().toString(),
                null,
                end.problem(),
                end.membersRemoved());
        add(new Message(end.event(), end.deprovision(), end.group(), JSON.writeValueAsString(body)));
    }

    private void add(Message message) {
        var now = clock.instant();
        var delivery = Delivery.pending(message, now);
        insert(delivery, now);
        traces.current().ifPresent(origin -> deliveries.keepTraceparent(delivery.id(), origin));
        queue.schedule(new TaskId(delivery.id().value()), now);
    }

    private void insert(Delivery delivery, Instant now) {
        try {
            deliveries.insert(delivery, now);
        } catch (DuplicateKeyException e) {
            throw new OptimisticLockingFailureException("Webhook " + delivery.id() + " was announced before", e);
        }
    }
}
