package dev.deprovisioner.deprovision;

import dev.deprovisioner.audit.AuditEntry.Action;
import dev.deprovisioner.audit.AuditEntry.Status;
import dev.deprovisioner.audit.AuditEntry.Subject;
import dev.deprovisioner.audit.AuditTrail;
import dev.deprovisioner.audit.Purged;
import dev.deprovisioner.deprovision.EndedRuns.Ended;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Purges runs in batches: each batch with its audit entries in one transaction. */
@Component
class Purge {

    private final AuditTrail audit;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    Purge(AuditTrail audit, TransactionTemplate transactions, InstantSource clock) {
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Purges until a batch is not full.
     *
     * @param batch purges at most {@link EndedRuns#BATCH} runs, and returns them
     * @return how many runs were purged
     */
    int run(Purged what, Supplier<List<Ended>> batch) {
        int all = 0;
        int purged;
        do {
            purged = Objects.requireNonNull(transactions.execute(status -> auditPurge(what, batch.get())));
            all += purged;
        } while (purged == EndedRuns.BATCH);
        return all;
    }

    private int auditPurge(Purged what, List<Ended> runs) {
        var now = clock.instant();
        runs.forEach(run -> audit.append(new Subject(run.id(), run.group(), null, null, null)
                .entry(now, Action.PURGE, Status.SUCCESS, 0, null, false, what.result())));
        return runs.size();
    }
}
