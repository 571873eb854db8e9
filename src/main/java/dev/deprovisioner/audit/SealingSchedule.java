package dev.deprovisioner.audit;

import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Seals what this process has written within about a second. Entries that another process has left are looked for less
 * often.
 */
@Component
class SealingSchedule {

    private static final Logger log = LoggerFactory.getLogger(SealingSchedule.class);

    /** In seconds. */
    private static final int LOOKED_EVERY = 5;

    private final Sealing sealing;
    private final AuditTrail trail;
    private final ReentrantLock running = new ReentrantLock();
    private int quiet = LOOKED_EVERY;
    private boolean failing;

    SealingSchedule(Sealing sealing, AuditTrail trail) {
        this.sealing = sealing;
        this.trail = trail;
    }

    @Scheduled(fixedRate = 1000)
    void everySecond() {
        if (running.tryLock()) {
            try {
                sealIfDue();
            } finally {
                running.unlock();
            }
        }
    }

    private void sealIfDue() {
        quiet++;
        if (trail.hasNewEntries() || quiet >= LOOKED_EVERY || failing) {
            quiet = 0;
            seal();
        }
    }

    private void seal() {
        try {
            sealing.sealAll();
            failing = false;
        } catch (DataAccessException | TransactionException | IllegalStateException e) {
            warnOnce(e);
        }
    }

    private void warnOnce(RuntimeException e) {
        if (!failing) {
            log.warn("Audit entries cannot be sealed for now: {}", e.getMessage());
        }
        failing = true;
    }
}
