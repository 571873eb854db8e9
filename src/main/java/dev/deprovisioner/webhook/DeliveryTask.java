package dev.deprovisioner.webhook;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.identifier.DeliveryId;
import dev.deprovisioner.tracing.TraceContinuation;
import dev.deprovisioner.webhook.Receiver.Reply;
import dev.deprovisioner.webhook.ReceiverCircuitBreaker.Permission;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Tries a delivery once, records the result, and says when to try again. */
@Component
class DeliveryTask {

    private static final Logger log = LoggerFactory.getLogger(DeliveryTask.class);

    /** Short enough that a process of a newer version soon has its turn, and long enough to cost nothing without one. */
    private static final Duration UNTIL_A_NEWER_VERSION = Duration.ofSeconds(30);

    private final Deliveries deliveries;
    private final ReceiverCircuitBreaker circuit;
    private final Receiver receiver;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transactions;
    private final TraceContinuation traces;
    private final DeliveryMetrics metrics;
    private final InstantSource clock;
    private final MonotonicClock monotonic;

    DeliveryTask(
            Deliveries deliveries,
            ReceiverCircuitBreaker circuit,
            Receiver receiver,
            ApplicationEventPublisher events,
            TransactionTemplate transactions,
            TraceContinuation traces,
            DeliveryMetrics metrics,
            InstantSource clock,
            MonotonicClock monotonic) {
        this.deliveries = deliveries;
        this.circuit = circuit;
        this.receiver = receiver;
        this.events = events;
        this.transactions = transactions;
        this.traces = traces;
        this.metrics = metrics;
        this.clock = clock;
        this.monotonic = monotonic;
    }

    /** @return when to try again, or empty when the delivery has ended */
    Optional<Instant> perform(DeliveryId id) {
        // A task that a crash has left behind may outlive its delivery.
        return deliveries.find(id).flatMap(this::performIfUnderstood);
    }

    /**
     * Chooses the delivery that is tried next while the receiver does not answer.
     *
     * @return when to choose again, or empty when the receiver answers
     */
    Optional<Instant> chooseTrial() {
        return Objects.requireNonNull(transactions.execute(status -> circuit.chooseTrial()));
    }

    private Optional<Instant> performIfUnderstood(StoredDelivery stored) {
        return switch (stored) {
            case Delivery delivery when delivery.status() != Delivery.Status.PENDING -> Optional.empty();
            case Delivery delivery -> perform(delivery);
            case NewerDelivery delivery -> Optional.of(clock.instant().plus(UNTIL_A_NEWER_VERSION));
        };
    }

    private Optional<Instant> perform(Delivery delivery) {
        try (var run = MDC.putCloseable(
                        "deprovisionId", delivery.message().deprovision().toString());
                var group =
                        MDC.putCloseable("groupId", delivery.message().group().value())) {
            return Optional.ofNullable(performInTurn(delivery).nextAttemptAt());
        }
    }

    private Delivery performInTurn(Delivery delivery) {
        var turn = Objects.requireNonNull(transactions.execute(status -> turn(delivery)));
        if (turn != Permission.HELD) {
            return performTraced(delivery, turn);
        }
        if (!delivery.isOverdue(clock.instant())) {
            return delivery.waiting();
        }
        var expired = delivery.expired();
        record(delivery, expired, () -> {}, Duration.ZERO);
        return expired;
    }

    /** Saves a held delivery before another delivery can find that the receiver answers. */
    private Permission turn(Delivery delivery) {
        var turn = circuit.requestPermission(delivery.id());
        if (turn == Permission.HELD) {
            deliveries.save(delivery, delivery.waiting());
        }
        return turn;
    }

    private Delivery performTraced(Delivery delivery, Permission turn) {
        var message = delivery.message();
        var span = traces.continuing("webhook", () -> deliveries.traceparent(delivery.id()))
                .highCardinalityKeyValue("deprovision.id", message.deprovision().toString())
                .highCardinalityKeyValue("group.id", message.group().value())
                .highCardinalityKeyValue("webhook.id", delivery.id().value());
        return Objects.requireNonNull(span.observe(() -> {
            var next = attempt(delivery, turn);
            span.highCardinalityKeyValue("webhook.status", next.status().name());
            return next;
        }));
    }

    private Delivery attempt(Delivery delivery, Permission turn) {
        long began = monotonic.nanos();
        var reply = receiver.send(delivery, clock.instant());
        var next = after(delivery, reply, turn);
        var latency = monotonic.since(began);
        record(delivery, next, () -> learn(delivery.id(), reply), latency);
        return next;
    }

    private void learn(DeliveryId id, Reply reply) {
        if (reply.isAlive()) {
            circuit.recordAnswer(id);
        } else {
            circuit.recordFailure();
        }
    }

    private Delivery after(Delivery delivery, Reply reply, Permission turn) {
        return switch (reply) {
            case Reply.Confirmed confirmed -> delivery.delivered();
            case Reply.Gone(var error) -> delivery.undeliverable(error);
            case Reply.NotConfirmed failure
            when turn == Permission.TRIAL && !failure.alive() -> probed(delivery, failure);
            case Reply.NotConfirmed failure -> retried(delivery, failure);
        };
    }

    private Delivery retried(Delivery delivery, Reply.NotConfirmed failure) {
        var random = ThreadLocalRandom.current();
        boolean held = !failure.alive() && failure.retryAfter().isZero();
        return DeliverySchedule.pauseAfter(delivery.tries().spent(), failure.retryAfter(), random)
                .map(pause -> delivery.retried(clock.instant().plus(pause), failure.error(), held))
                .orElseGet(() -> delivery.undeliverable(failure.error()));
    }

    private Delivery probed(Delivery delivery, Reply.NotConfirmed failure) {
        var now = clock.instant();
        if (delivery.isOverdue(now)) {
            return delivery.undeliverable(failure.error());
        }
        return failure.retryAfter().isZero()
                ? delivery.probed(delivery.tries().end(), failure.error(), true)
                : delivery.probed(now.plus(failure.retryAfter()), failure.error(), false);
    }

    private void record(Delivery before, Delivery after, Runnable learning, Duration latency) {
        transactions.executeWithoutResult(status -> {
            learning.run();
            if (deliveries.save(before, after) && after.status() != Delivery.Status.PENDING) {
                var message = after.message();
                events.publishEvent(
                        new DeliveryEnded(message.deprovision(), message.event(), latency, after.lastError()));
            }
        });
        logResult(before, after);
        metrics.record(before, after);
    }

    private static void logResult(Delivery before, Delivery after) {
        switch (after.status()) {
            case DELIVERED -> log.info("Webhook delivered: {}, attempt {}", after.id(), after.attempts());
            case PENDING -> {
                // Probes fail every 3 seconds, perhaps for days. The loss of the receiver itself was logged.
                var level = after.attempts() == before.attempts() ? Level.DEBUG : Level.WARN;
                log.atLevel(level)
                        .log(
                                "Webhook not confirmed: {}, attempt {}, {}, next attempt at {}",
                                after.id(),
                                before.attempts() + 1,
                                after.lastError(),
                                after.nextAttemptAt());
            }
            case UNDELIVERABLE ->
                log.error(
                        "Webhook undeliverable: {}, {} attempts, {}", after.id(), after.attempts(), after.lastError());
        }
    }
}
