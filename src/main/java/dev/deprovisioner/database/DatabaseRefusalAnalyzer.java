package dev.deprovisioner.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.NestedExceptionUtils;

/** Ends a start that the database server refuses in a sentence instead of a stack trace. */
class DatabaseRefusalAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable failure, SQLException cause) {
        var refusal = DatabaseRefusal.of(cause);
        return refusal == null
                ? null
                : new FailureAnalysis(
                        "The database server refuses the connection: "
                                + NestedExceptionUtils.getMostSpecificCause(cause)
                                        .getMessage(),
                        refusal.remedy(),
                        failure);
    }
}
