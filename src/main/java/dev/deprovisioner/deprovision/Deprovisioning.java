package dev.deprovisioner.deprovision;

import dev.deprovisioner.audit.AuditEntry;
import dev.deprovisioner.audit.AuditEntry.Action;
import dev.deprovisioner.audit.AuditTrail;
import dev.deprovisioner.deprovision.Deprovision.Request;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.schedule.TaskQueue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** The one entry point for whoever wants a group taken out. */
@Component
public class Deprovisioning {

    private static final Logger log = LoggerFactory.getLogger(Deprovisioning.class);
    private static final int RACES = 20;

    private final Deprovisions runs;
    private final TaskQueue queue;
    private final Ledger ledger;
    private final AuditTrail audit;
    private final Endings endings;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    Deprovisioning(
            Deprovisions runs,
            @Qualifier("deprovisionQueue") TaskQueue queue,
            Ledger ledger,
            AuditTrail audit,
            Endings endings,
            TransactionTemplate transactions,
            InstantSource clock) {
        this.runs = runs;
        this.queue = queue;
        this.ledger = ledger;
        this.audit = audit;
        this.endings = endings;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Accepts a request. When this returns, it is committed, and will reach a terminal state whatever happens to this
     * process. While a run of the group is active, that one is returned, and goes on at once if it was waiting; after a
     * success, that one, unless it is asked for again.
     *
     * @param by who asks
     * @param reason why, or null
     * @param again start a new run even after a success
     */
    public Deprovision request(GroupId group, String by, @Nullable String reason, boolean again) {
        for (int race = 1; ; race++) {
            try {
                return Objects.requireNonNull(transactions.execute(status -> accepted(group, by, reason, again)));
            } catch (DuplicateKeyException | OptimisticLockingFailureException e) {
                // Somebody else was faster; what they have made is now to be seen.
                if (race == RACES) {
                    throw e;
                }
            }
        }
    }

    private Deprovision accepted(GroupId group, String by, @Nullable String reason, boolean again) {
        var latest = runs.latest(group);
        if (latest.isPresent() && !latest.get().isTerminal()) {
            return woken(latest.get());
        }
        if (latest.isPresent() && latest.get().verdict().outcome() != null && !again) {
            return latest.get();
        }
        var run = Deprovision.requested(group, new Request(by, clock.instant(), reason));
        runs.insert(run);
        ledger.requested(run);
        queue.schedule(run.id().toString(), clock.instant());
        log.info("Accepted run {} of group {}", run.id(), group);
        return run;
    }

    private Deprovision woken(Deprovision active) {
        if (active.status() != Status.WAITING) {
            return active;
        }
        var woken = runs.save(active.woken(clock.instant()));
        queue.expedite(woken.id().toString());
        return woken;
    }

    /** The latest run of a group. */
    public Optional<Deprovision> latest(GroupId group) {
        return runs.latest(group);
    }

    /** Waits for the end of a run, and returns the run as it is then. */
    public Deprovision await(Deprovision run, Duration atMost) {
        if (!run.isTerminal() && atMost.isPositive()) {
            endings.await(run.id(), atMost);
            return runs.find(run.id()).orElse(run);
        }
        return run;
    }

    /**
     * Records how telling the receiver ended, in the caller's transaction.
     *
     * @param error why it never will be delivered; null if it was
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void told(DeprovisionId id, Duration latency, @Nullable String error) {
        boolean delivered = error == null;
        if (delivered) {
            runs.webhookSynced(id);
        }
        var status = delivered ? AuditEntry.Status.SUCCESS : AuditEntry.Status.FAILED;
        var subject = Ledger.subject(runs.find(id).orElseThrow());
        audit.append(subject.entry(clock.instant(), Action.WEBHOOK, status, latency.toMillis(), error, delivered));
    }
}
