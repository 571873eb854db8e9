package dev.deprovisioner.audit;

import dev.deprovisioner.audit.ChainCheck.Result;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.problem.ProblemType;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Checks the whole chain, page by page, as it is at one moment. */
@Component
class Verification {

    private static final int PAGE = 1000;

    private final AuditTrail trail;
    private final Chain chain;
    private final AuditProperties properties;
    private final TransactionTemplate snapshot;
    /** Whoever asks meanwhile waits without a connection: there are others who need one. */
    private final ReentrantLock oneAtATime = new ReentrantLock();

    Verification(
            AuditTrail trail, Chain chain, AuditProperties properties, PlatformTransactionManager transactionManager) {
        this.trail = trail;
        this.chain = chain;
        this.properties = properties;
        this.snapshot = new TransactionTemplate(transactionManager);
        snapshot.setReadOnly(true);
        // Less is one moment for all tables on PostgreSQL only: on H2, one for each, from when it is first read.
        // It never fails for who only reads, where nobody else asks for as much.
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
    }

    /** @throws ProblemException if the chain was sealed with a key that is not known here: nothing can be said of it */
    Result verify() {
        oneAtATime.lock();
        try {
            return Objects.requireNonNull(snapshot.execute(status -> check()));
        } finally {
            oneAtATime.unlock();
        }
    }

    private Result check() {
        var head = chain.head();
        if (!properties.knows(head)) {
            throw new ProblemException(new Problem(
                    ProblemType.UNAVAILABLE,
                    "The chain was sealed with a key that is not set.",
                    "Have an operator set deprovisioner.audit.hmac-keys."));
        }
        var check = new ChainCheck(properties.keys());
        // Not from 1, where the chain begins: what is before that is broken.
        var page = trail.sealed(Long.MIN_VALUE, PAGE);
        while (!page.isEmpty() && page.stream().allMatch(check::accepts)) {
            page = trail.sealed(Objects.requireNonNull(page.getLast().sequence()) + 1, PAGE);
        }
        return check.end(head);
    }
}
