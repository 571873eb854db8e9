package dev.deprovisioner.webhook;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** How many deliveries have not ended; counted now and then, so that a scrape costs no query. */
@Component
class WebhookBacklog {

    private final Deliveries deliveries;
    private volatile long pending;

    WebhookBacklog(Deliveries deliveries, MeterRegistry meters) {
        this.deliveries = deliveries;
        Gauge.builder("webhook.pending", () -> pending)
                .description("Deliveries that have not ended; the same on every replica")
                .register(meters);
    }

    @Scheduled(fixedDelay = 5000)
    void count() {
        pending = deliveries.countPending();
    }
}
