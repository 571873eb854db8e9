package dev.deprovisioner.webhook;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeliveryId;
import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.problem.ResourceProblems;
import dev.deprovisioner.schedule.TaskId;
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
     * Starts the whole schedule of a delivery again, under the same id. A delivery that has not ended continues at once
     * instead. A try that is in flight still counts for the schedule that it belongs to.
     *
     * @param by the caller that orders it
     * @throws ProblemException if there is no such delivery, or this version cannot deliver it
     */
    Delivery request(DeliveryId id, Caller by) {
        var ordered = Objects.requireNonNull(transactions.execute(status -> requestLocked(id, by)));
        log.info("Redelivery scheduled: webhook {}", id);
        return ordered;
    }

    private Delivery requestLocked(DeliveryId id, Caller by) {
        var found = deliveries.lock(id).orElseThrow(() -> new ProblemException(ResourceProblems.webhookNotFound()));
        if (!(found instanceof Delivery delivery)) {
            throw new ProblemException(ResourceProblems.webhookOfNewerVersion());
        }
        var again = delivery.redelivered(clock.instant());
        deliveries.saveRedelivery(again);
        events.publishEvent(new RedeliveryRequested(delivery.message().deprovision(), by));
        queue.scheduleOrWake(new TaskId(id.value()));
        return again;
    }
}
