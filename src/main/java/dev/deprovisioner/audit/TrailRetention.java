package dev.deprovisioner.audit;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Purges entries older than the retention, from the chain's beginning. First a {@code PURGE} entry records the last
 * one to go. The entries are deleted only after that entry is sealed, so the chain can be verified from there, and a
 * kill in between loses nothing.
 */
@Component
class TrailRetention {

    private static final Logger log = LoggerFactory.getLogger(TrailRetention.class);
    static final int MOST_AT_ONCE = 5000;

    private final ChainStore chain;
    private final AuditTrail trail;
    private final AuditProperties properties;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    TrailRetention(
            ChainStore chain,
            AuditTrail trail,
            AuditProperties properties,
            TransactionTemplate transactions,
            InstantSource clock) {
        this.chain = chain;
        this.trail = trail;
        this.properties = properties;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Scheduled(fixedRate = 60_000, initialDelay = 60_000)
    void run() {
        var retention = properties.retention();
        if (retention != null) {
            int deleted = trail.deletePurged();
            if (deleted > 0) {
                log.info("Audit entries purged: {}, retention {}", deleted, retention);
            }
            transactions.executeWithoutResult(status -> chain.lock().ifPresent(head -> announce(retention)));
        }
    }

    /** Runs under the chain's lock, so that only one process announces a purge. */
    private void announce(Duration retention) {
        var cutoff = clock.instant().minus(retention);
        trail.sealed(1, 1).stream()
                .filter(first -> first.timestamp().isBefore(cutoff) && !trail.isPurgeAnnounced(sequence(first)))
                .flatMap(first -> trail.sealed(1, MOST_AT_ONCE).stream())
                .takeWhile(entry -> entry.timestamp().isBefore(cutoff))
                .reduce((one, next) -> next)
                .ifPresent(last -> trail.append(
                        AuditEntry.purge(clock.instant(), sequence(last), Objects.requireNonNull(last.hash()))));
    }

    private static long sequence(AuditEntry sealed) {
        return Objects.requireNonNull(sealed.sequence());
    }
}
