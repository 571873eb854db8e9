package dev.deprovisioner.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sorts failures of the database. */
final class DatabaseFailure {

    /** Said by the pool, without a SQLSTATE, to a rollback after a failure for which it has evicted the connection. */
    private static final String CLOSED = "Connection is closed";

    /** The SQLSTATE idle_in_transaction_session_timeout, as after a freeze of this process: the session has ended. */
    private static final String IDLE = "25P03";

    /**
     * The SQLSTATEs lock_not_available, at the end of lock_timeout, and query_canceled, at the end of statement_timeout or
     * by an administrator.
     */
    private static final Set<String> TOO_LONG = Set.of("55P03", "57014");

    private DatabaseFailure() {}

    /**
     * The failure or its cause that says that the database cannot be reached or used now; it may be later, without a change
     * of ours. Null if none says so.
     */
    static @Nullable SQLException unavailability(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException known && isUnavailable(known)) {
                return known;
            }
        }
        return null;
    }

    /**
     * Class 08 of the SQL standard, the pool's own, class 53 (no disk, memory or connections left), a statement that took too
     * long, and a server that is read-only, starts or stops.
     */
    private static boolean isUnavailable(SQLException failure) {
        var state = String.valueOf(failure.getSQLState());
        return isMereEnd(failure)
                || state.startsWith("08")
                || state.startsWith("57P0")
                || state.startsWith("53")
                || TOO_LONG.contains(state)
                || WritableServer.isReadOnly(failure)
                || failure instanceof SQLTransientConnectionException;
    }

    /** Whether it says only that a session or a connection has ended, which may be while the database is available. */
    static boolean isMereEnd(SQLException failure) {
        return CLOSED.equals(failure.getMessage()) || isEndedSession(failure);
    }

    /** Whether the server has ended a session that was idle within a transaction for too long. */
    static boolean isEndedSession(SQLException failure) {
        return IDLE.equals(failure.getSQLState());
    }
}
