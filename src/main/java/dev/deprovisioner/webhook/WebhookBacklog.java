package dev.deprovisioner.webhook;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** How many deliveries have not ended, and how the receiver is; asked now and then, so that a scrape costs no query. */
@Component
class WebhookBacklog {

    private final Deliveries deliveries;
    private final CircuitStateStore receiver;
    private volatile long pending;
    private volatile boolean probing;

    WebhookBacklog(Deliveries deliveries, CircuitStateStore receiver, MeterRegistry meters) {
        this.deliveries = deliveries;
        this.receiver = receiver;
        Gauge.builder("webhook.pending", () -> pending)
                .description("Deliveries that have not ended; the same on every replica")
                .register(meters);
        Gauge.builder("webhook.probing", () -> probing ? 1 : 0)
                .description("Whether the receiver is away and only probed; the same on every replica")
                .register(meters);
    }

    @Scheduled(fixedDelay = 15_000)
    void count() {
        pending = deliveries.countPending();
        probing = receiver.read().isOpen();
    }
}
