package dev.deprovisioner.webhook;

import dev.deprovisioner.identifier.DeliveryId;
import dev.deprovisioner.schedule.TaskId;
import dev.deprovisioner.schedule.TaskQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Protects a receiver that does not answer from all due deliveries. After a few failures it is only probed, with one
 * delivery at a time, until it answers. All replicas know the same of it; each method works in the caller's
 * transaction, before that touches a delivery.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ReceiverCircuitBreaker {

    /** The task that chooses the probes; deliveries have other names. It is there while the receiver is probed. */
    static final TaskId PROBES = new TaskId("probe");

    private static final Logger log = LoggerFactory.getLogger(ReceiverCircuitBreaker.class);
    private static final Duration INTERVAL = Duration.ofSeconds(3);

    private final CircuitStateStore receiver;
    private final Deliveries deliveries;
    private final TaskQueue queue;
    private final InstantSource clock;

    ReceiverCircuitBreaker(
            CircuitStateStore receiver,
            Deliveries deliveries,
            @Qualifier("webhookQueue") TaskQueue queue,
            InstantSource clock) {
        this.receiver = receiver;
        this.deliveries = deliveries;
        this.queue = queue;
        this.clock = clock;
    }

    /** The permission of a delivery that is due. */
    enum Permission {
        ALLOWED,
        TRIAL,
        HELD
    }

    Permission requestPermission(DeliveryId id) {
        if (!receiver.read().isOpen()) {
            return Permission.ALLOWED;
        }
        var health = receiver.lock();
        if (!health.isOpen()) {
            return Permission.ALLOWED;
        }
        if (!id.value().equals(health.probe())) {
            return Permission.HELD;
        }
        receiver.save(health.begun());
        return Permission.TRIAL;
    }

    /** Records a try without an answer below 500. */
    void recordFailure() {
        var before = receiver.lock();
        var after = before.failed(clock.instant());
        receiver.save(after);
        if (after.isOpen() && !before.isOpen()) {
            log.warn("Receiver unavailable: {} attempts without an answer, only probes from now on", after.failures());
            queue.scheduleOrWake(PROBES);
        }
    }

    /**
     * Records an answer below 500: the deliveries that wait for one go on.
     *
     * @param delivery whose try it was
     */
    void recordAnswer(DeliveryId delivery) {
        var known = receiver.read();
        if (known.failures() == 0 && !known.isOpen()) {
            return;
        }
        var before = receiver.lock();
        receiver.save(before.answered());
        if (before.isOpen()) {
            log.info("Receiver available: deliveries resume");
            var others = deliveries.held().stream()
                    .filter(id -> !id.equals(delivery))
                    .map(id -> new TaskId(id.value()))
                    .toList();
            deliveries.release(clock.instant());
            queue.wake(others);
        }
    }

    /**
     * Lets the next delivery in turn be tried.
     *
     * @return when to choose again, or empty when the receiver answers
     */
    Optional<Instant> chooseTrial() {
        var health = receiver.lock();
        if (!health.isOpen()) {
            return Optional.empty();
        }
        deliveries
                .firstHeld(health.lastProbed())
                .or(() -> deliveries.firstHeld(0))
                .ifPresent(next -> {
                    var id = next.id().value();
                    receiver.save(health.chosen(id, next.number()));
                    queue.wake(new TaskId(id));
                });
        return Optional.of(clock.instant().plus(INTERVAL));
    }
}
