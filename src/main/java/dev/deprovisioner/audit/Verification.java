package dev.deprovisioner.audit;

import dev.deprovisioner.audit.ChainCheck.Result;
import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.CallerTurns;
import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.problem.RequestProblems;
import java.time.Duration;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Checks a part of the chain as it is at one moment. A caller that goes on from part to part checks the whole. */
@Component
class Verification {

    static final int MAX_LIMIT = 100_000;

    private static final int PAGE = 1000;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final AuditTrail trail;
    private final ChainStore chain;
    private final AuditProperties properties;
    private final TransactionTemplate snapshot;
    /** A pass holds a connection and a core: a second caller is refused and holds neither. */
    private final CallerTurns turns;

    Verification(
            AuditTrail trail,
            ChainStore chain,
            AuditProperties properties,
            PlatformTransactionManager transactionManager,
            MonotonicClock time) {
        this.trail = trail;
        this.chain = chain;
        this.properties = properties;
        this.turns = new CallerTurns(RETRY_AFTER, time::nanos);
        this.snapshot = new TransactionTemplate(transactionManager);
        snapshot.setReadOnly(true);
        // Less is one moment for all tables on PostgreSQL only: on H2, one for each, from when it is first read.
        // It never fails for a reader as long as no other transaction asks for as much.
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
    }

    /**
     * @param after the entry that an earlier pass ended with; {@link ChainHead#NONE} to begin
     * @param limit how many entries after it at most
     * @throws ProblemException if another pass is running, if it is the turn of another caller, or if this process does
     *     not have a key with which the chain was sealed
     */
    Result verify(Caller caller, ChainHead after, int limit) {
        return turns.serve(caller, () -> Objects.requireNonNull(snapshot.execute(status -> check(after, limit))))
                .orElseThrow(() -> new ProblemException(RequestProblems.verificationRunning(), RETRY_AFTER));
    }

    private Result check(ChainHead after, int limit) {
        var head = chain.head();
        if (!properties.knows(head)) {
            throw new ProblemException(RequestProblems.auditKeyMissing());
        }
        var check = new ChainCheck(properties.keys(), trail::lastPurge);
        checkAtMost(limit, begin(check, after), check);
        return isThereMore(check) ? check.pause() : check.end(head);
    }

    /** @return the first sequence to check; not 1, where the chain begins, for what is before that is broken */
    private long begin(ChainCheck check, ChainHead after) {
        if (after.sequence() == 0 || isPurged(after.sequence())) {
            return Long.MIN_VALUE;
        }
        check.resume(after, trail.sealed(after.sequence(), 1).stream().findFirst());
        return after.sequence() + 1;
    }

    /** With all before it; whether that was on record is found as for any chain that begins later. */
    private boolean isPurged(long sequence) {
        return trail.sealed(Long.MIN_VALUE, 1).stream()
                .anyMatch(first -> Objects.requireNonNull(first.sequence()) > sequence);
    }

    private void checkAtMost(int limit, long from, ChainCheck check) {
        long next = from;
        int left = limit;
        while (left > 0 && !check.isBroken()) {
            var page = trail.sealed(next, Math.min(left, PAGE));
            if (page.isEmpty()) {
                return;
            }
            page.forEach(check::accept);
            left -= page.size();
            next = Objects.requireNonNull(page.getLast().sequence()) + 1;
        }
    }

    private boolean isThereMore(ChainCheck check) {
        return !check.isBroken()
                && !trail.sealed(check.last().sequence() + 1, 1).isEmpty();
    }
}
