package dev.deprovisioner.problem;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpMethod;
import org.springframework.transaction.CannotCreateTransactionException;

/** Why a request got nothing from the database, and how soon the caller may send it again. */
enum DatabaseProblems {
    /** Callers have all the connections that they may have, or the server has none left. */
    BUSY(Duration.ofSeconds(1)) {
        @Override
        void log(Logger log, String request, RuntimeException failure) {
            log.debug("Request refused: {}, too many use the database", request);
        }
    },
    /** May pass by itself; how it began and ended is logged elsewhere. */
    UNAVAILABLE(Duration.ofSeconds(5)) {
        @Override
        void log(Logger log, String request, RuntimeException failure) {
            var cause = NestedExceptionUtils.getMostSpecificCause(failure);
            log.warn(
                    "Request failed: {}, the database is unavailable: {}",
                    request,
                    Objects.requireNonNullElse(cause.getMessage(), cause.toString()));
        }
    },
    UNEXPECTED(Duration.ofSeconds(5)) {
        @Override
        void log(Logger log, String request, RuntimeException failure) {
            log.error("Request failed: {}, the database refuses it", request, failure);
        }
    };

    /** The SQLSTATE too_many_connections. */
    private static final String TOO_MANY = "53300";

    /**
     * The SQLSTATEs read_only_sql_transaction, of a replica after a failover, idle_in_transaction_session_timeout, after a
     * freeze of this process, and lock_not_available, at the end of lock_timeout.
     */
    private static final Set<String> PASSING = Set.of("25006", "25P03", "55P03");

    /** Said by the pool to a rollback after a failure for which it has evicted the connection. */
    private static final String CLOSED = "Connection is closed";

    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final Duration retryAfter;

    DatabaseProblems(Duration retryAfter) {
        this.retryAfter = retryAfter;
    }

    static DatabaseProblems of(RuntimeException failure) {
        var cause = NestedExceptionUtils.getMostSpecificCause(failure);
        var state = cause instanceof SQLException known ? known.getSQLState() : null;
        if (TOO_MANY.equals(state)) {
            return BUSY;
        }
        return (state != null && PASSING.contains(state))
                        || CLOSED.equals(cause.getMessage())
                        || failure instanceof CannotCreateTransactionException
                        || failure instanceof DataAccessResourceFailureException
                        || failure instanceof TransientDataAccessException
                ? UNAVAILABLE
                : UNEXPECTED;
    }

    /** @param nothingAccepted whether the request has changed nothing for certain */
    Problem problem(boolean nothingAccepted) {
        return switch (this) {
            case BUSY ->
                nothingAccepted ? RequestProblems.tooManyRequestsAtWork() : RequestProblems.tooManyRequestsAtWorkLate();
            case UNAVAILABLE, UNEXPECTED ->
                nothingAccepted ? RequestProblems.databaseUnavailable() : RequestProblems.databaseUnavailableLate();
        };
    }

    /**
     * Whether a request that failed so has changed nothing for certain. A commit without an answer may have succeeded, and
     * the answer to a change is read after its commit. Each request makes its change in one transaction.
     */
    static boolean hasChangedNothing(HttpMethod method, RuntimeException failure) {
        return READS.contains(method) || failure instanceof CannotCreateTransactionException;
    }

    Duration retryAfter() {
        return retryAfter;
    }

    /** @param request its method */
    abstract void log(Logger log, String request, RuntimeException failure);
}
