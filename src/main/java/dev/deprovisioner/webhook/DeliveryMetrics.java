package dev.deprovisioner.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Counts the tries of deliveries by their outcome. */
@Component
class DeliveryMetrics {

    /** The outcome of an attempt, as the tag of the metric names it. */
    private enum Outcome {
        DELIVERED,
        RETRIED,
        PROBED,
        UNDELIVERABLE
    }

    private final MeterRegistry meters;

    DeliveryMetrics(MeterRegistry meters) {
        this.meters = meters;
        for (var outcome : Outcome.values()) {
            tries(outcome); // there from the start, so that the first event is seen
        }
    }

    void record(Delivery before, Delivery after) {
        tries(outcome(before, after)).increment();
    }

    private static Outcome outcome(Delivery before, Delivery after) {
        return switch (after.status()) {
            case DELIVERED -> Outcome.DELIVERED;
            case UNDELIVERABLE -> Outcome.UNDELIVERABLE;
            case PENDING -> after.attempts() == before.attempts() ? Outcome.PROBED : Outcome.RETRIED;
        };
    }

    private Counter tries(Outcome outcome) {
        return Counter.builder("webhook.deliveries")
                .description("Tries to deliver a webhook, by outcome")
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }
}
