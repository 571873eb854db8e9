package dev.deprovisioner.webhook;

import dev.deprovisioner.tracing.Traces;
import dev.deprovisioner.webhook.Receiver.Reply;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Tries a delivery once, records the result, and says when to try again. */
@Component
class DeliveryTask {

    private static final Logger log = LoggerFactory.getLogger(DeliveryTask.class);

    private final Deliveries deliveries;
    private final Receiver receiver;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transactions;
    private final Traces traces;
    private final MeterRegistry meters;
    private final InstantSource clock;

    DeliveryTask(
            Deliveries deliveries,
            Receiver receiver,
            ApplicationEventPublisher events,
            TransactionTemplate transactions,
            Traces traces,
            MeterRegistry meters,
            InstantSource clock) {
        this.deliveries = deliveries;
        this.receiver = receiver;
        this.events = events;
        this.transactions = transactions;
        this.traces = traces;
        this.meters = meters;
        this.clock = clock;
        for (var status : Delivery.Status.values()) {
            tries(status); // there from the start, so that the first event is seen
        }
    }

    /** @return when to try again, or empty when the delivery has ended */
    Optional<Instant> perform(String id) {
        var delivery = deliveries.find(id).orElseThrow();
        if (delivery.status() != Delivery.Status.PENDING) {
            return Optional.empty();
        }
        try (var run = MDC.putCloseable("deprovisionId", delivery.deprovision().toString());
                var group = MDC.putCloseable("groupId", delivery.group().value())) {
            return Optional.ofNullable(traced(delivery).nextAttemptAt());
        }
    }

    private Delivery traced(Delivery delivery) {
        var span = traces.continuing("webhook", () -> deliveries.traceparent(delivery.id()))
                .highCardinalityKeyValue(
                        "deprovision.id", delivery.deprovision().toString())
                .highCardinalityKeyValue("group.id", delivery.group().value())
                .highCardinalityKeyValue("webhook.id", delivery.id());
        return Objects.requireNonNull(span.observe(() -> {
            var next = tried(delivery);
            span.highCardinalityKeyValue("webhook.status", next.status().name());
            return next;
        }));
    }

    private Delivery tried(Delivery delivery) {
        long began = System.nanoTime();
        var reply = receiver.send(delivery, clock.instant());
        var next = after(delivery, reply);
        record(next, Duration.ofNanos(System.nanoTime() - began));
        return next;
    }

    private Delivery after(Delivery delivery, Reply reply) {
        return switch (reply) {
            case Reply.Confirmed confirmed -> delivery.delivered();
            case Reply.Unwanted(var error) -> delivery.undeliverable(error);
            case Reply.NotConfirmed(var error, var retryAfter) ->
                DeliverySchedule.pauseAfter(delivery.attempts() + 1, retryAfter, ThreadLocalRandom.current())
                        .map(pause -> delivery.retried(clock.instant().plus(pause), error))
                        .orElseGet(() -> delivery.undeliverable(error));
        };
    }

    private void record(Delivery delivery, Duration latency) {
        transactions.executeWithoutResult(status -> {
            if (deliveries.save(delivery) && delivery.status() != Delivery.Status.PENDING) {
                events.publishEvent(new DeliveryEnded(delivery.deprovision(), latency, delivery.lastError()));
            }
        });
        switch (delivery.status()) {
            case DELIVERED -> log.info("Webhook {} delivered at try {}", delivery.id(), delivery.attempts());
            case PENDING ->
                log.warn(
                        "Webhook {} not confirmed at try {} ({}); next try at {}",
                        delivery.id(),
                        delivery.attempts(),
                        delivery.lastError(),
                        delivery.nextAttemptAt());
            case UNDELIVERABLE ->
                log.error(
                        "Webhook {} is undeliverable after {} tries: {}",
                        delivery.id(),
                        delivery.attempts(),
                        delivery.lastError());
        }
        tries(delivery.status()).increment();
    }

    private Counter tries(Delivery.Status status) {
        var outcome = status == Delivery.Status.PENDING ? "retried" : status.name();
        return Counter.builder("webhook.deliveries")
                .description("Tries to deliver a webhook, by outcome")
                .tag("outcome", outcome.toLowerCase(Locale.ROOT))
                .register(meters);
    }
}
