package dev.deprovisioner.database;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Does what depends on a transaction only once it has committed; never, if it is rolled back. */
public final class AfterCommit {

    private AfterCommit() {}

    /**
     * @param action runs in the thread of the transaction, which is the present one
     * @throws IllegalStateException if there is no transaction
     */
    public static void run(Runnable action) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                action.run();
            }
        });
    }
}
