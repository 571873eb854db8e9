package dev.deprovisioner.webhook;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.deprovisioner.schedule.TaskQueue;
import dev.deprovisioner.tracing.Traces;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/** Takes in what is to be told, in the transaction of what it tells about; delivery is a durable task of its own. */
@Component
public class Outbox {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SOURCE = "genesys_scim_deprovisioner";

    private final WebhookProperties properties;
    private final Deliveries deliveries;
    private final TaskQueue queue;
    private final Traces traces;
    private final InstantSource clock;

    Outbox(
            WebhookProperties properties,
            Deliveries deliveries,
            @Qualifier("webhookQueue") TaskQueue queue,
            Traces traces,
            InstantSource clock) {
        this.properties = properties;
        this.deliveries = deliveries;
        this.queue = queue;
        this.traces = traces;
        this.clock = clock;
    }

    @JsonPropertyOrder({"event", "group_id", "timestamp", "source"})
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    private record Body(
            String event,
            String groupId,
            Instant timestamp,
            String source,
            String deprovisionId,
            String outcome,
            int membersRemoved) {}

    public boolean hasReceiver() {
        return properties.url() != null;
    }

    /** Delivers at least once, under one id, once the caller's transaction has committed. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void add(GroupDeprovisioned event) {
        var now = clock.instant();
        var body = new Body(
                "group_deprovisioned",
                event.group().value(),
                event.at(),
                SOURCE,
                event.deprovision().toString(),
                event.outcome(),
                event.membersRemoved());
        var delivery = Delivery.pending(event.deprovision(), event.group(), JSON.writeValueAsString(body), now);
        deliveries.insert(delivery, now);
        traces.current().ifPresent(origin -> deliveries.keepTraceparent(delivery.id(), origin));
        queue.schedule(delivery.id(), now);
    }
}
