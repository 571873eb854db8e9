package dev.deprovisioner.deprovision;

import dev.deprovisioner.identifier.GroupId;
import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.MDC;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes a decision about a run in one transaction, again if another transaction was faster. */
record ConflictRetry(TransactionTemplate transactions) {

    private static final int MAX_RETRIES = 19;

    /** @param decision looks at what is stored each time */
    <R extends Run> R decide(GroupId group, Supplier<R> decision) {
        for (int retries = 0; ; retries++) {
            try (var name = MDC.putCloseable("groupId", group.value())) {
                return Objects.requireNonNull(transactions.execute(status -> decision.get()));
            } catch (DataIntegrityViolationException | OptimisticLockingFailureException e) {
                // Another transaction has inserted the run or the key, saved the run, or purged it.
                if (retries == MAX_RETRIES) {
                    throw e;
                }
            } finally {
                MDC.remove("deprovisionId");
            }
        }
    }
}
