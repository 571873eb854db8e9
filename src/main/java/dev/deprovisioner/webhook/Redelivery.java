package dev.deprovisioner.webhook;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeliveryId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.schedule.TaskQueue;
import java.time.InstantSource;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes orders to deliver something once more. */
@Component
class Redelivery {

    private static final Logger log = LoggerFactory.getLogger(Redelivery.class);

    private final Deliveries deliveries;
    private final TaskQueue queue;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    Redelivery(
            Deliveries deliveries,
            @Qualifier("webhookQueue") TaskQueue queue,
            ApplicationEventPublisher events,
            TransactionTemplate transactions,
            InstantSource clock) {
        this.deliveries = deliveries;
        this.queue = queue;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * What has ended gets the whole schedule once more, under the same id; what has not goes on at once. A try that is
     * being made meanwhile still counts for what it was made for.
     *
     * @param by who orders it
     * @throws ProblemException if there is no such delivery, or this version cannot deliver it
     */
    Delivery order(DeliveryId id, Caller by) {
        var ordered = Objects.requireNonNull(transactions.execute(status -> ordered(id, by)));
        log.info("Webhook {} is to be delivered once more", id);
        return ordered;
    }

    private Delivery ordered(DeliveryId id, Caller by) {
        var found = deliveries
                .lock(id)
                .orElseThrow(() -> new ProblemException(new Problem(
                        ProblemType.NOT_FOUND,
                        "There is no delivery of this id.",
                        "Look for it in GET /webhook-deliveries.")));
        if (!(found instanceof Delivery delivery)) {
            throw new ProblemException(new Problem(
                    ProblemType.CONFLICT,
                    "Only a newer version of the service can deliver this webhook.",
                    "Send the request again when the update of the service is complete."));
        }
        var again = delivery.orderedAnew(clock.instant());
        deliveries.saveOrder(again);
        events.publishEvent(new RedeliveryOrdered(delivery.message().deprovision(), by));
        queue.ensure(id.value());
        return again;
    }
}
