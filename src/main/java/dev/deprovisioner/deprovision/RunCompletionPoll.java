package dev.deprovisioner.deprovision;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Looks for the ends of awaited runs: at once after an event of this process, and every {@link #PERIOD} for those of other
 * processes. It has its own thread: a query without an answer holds up no gauge, and no waiting request beyond its time.
 */
@Component
class RunCompletionPoll {

    static final Duration PERIOD = Duration.ofMillis(150);

    private static final Logger log = LoggerFactory.getLogger(RunCompletionPoll.class);

    private final RunCompletions completions;
    private final Duration period;
    private final Thread thread;
    private boolean failing;

    @Autowired
    RunCompletionPoll(RunCompletions completions) {
        this(completions, PERIOD);
    }

    RunCompletionPoll(RunCompletions completions, Duration period) {
        this.completions = completions;
        this.period = period;
        this.thread = Thread.ofVirtual().name("awaited-runs").unstarted(this::poll);
    }

    @PostConstruct
    void start() {
        thread.start();
    }

    @PreDestroy
    void stop() {
        thread.interrupt();
    }

    private void poll() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                completions.awaitDemand(period);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            completions.look();
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                log.warn("Awaited runs cannot be read for now: {}", e.getMessage());
            }
            failing = true;
        }
    }
}
