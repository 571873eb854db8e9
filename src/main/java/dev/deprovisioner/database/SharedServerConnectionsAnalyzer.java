package dev.deprovisioner.database;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do about a pooler that the service cannot work with. */
class SharedServerConnectionsAnalyzer extends AbstractFailureAnalyzer<SharedServerConnectionsException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, SharedServerConnectionsException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Set pool_mode=session for this database in PgBouncer, or let spring.datasource.url name PostgreSQL"
                        + " itself: the service has a pool of its own.",
                failure);
    }
}
