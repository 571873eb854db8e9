package dev.deprovisioner.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Has the pool discard connections that look valid and are of no use. H2 closes a connection together with its database,
 * as it does if the disk is full or broken; only a new connection opens the database again. A PostgreSQL server that was
 * a primary before a failover answers reads, and refuses writes; only a new connection finds the new primary. It also
 * ends sessions that were idle within a transaction for too long. The pool itself discards what answers with class 08,
 * 57P01, 57P02 or 57P03. Public because the pool creates this class by its name.
 */
public final class EvictUnusableConnections implements SQLExceptionOverride {

    /** H2's DATABASE_IS_CLOSED. */
    private static final int IS_CLOSED = 90098;

    @java.lang.Override
    public Override adjudicate(SQLException e) {
        return e.getErrorCode() == IS_CLOSED || WritableServer.isReadOnly(e) || DatabaseFailure.isEndedSession(e)
                ? Override.MUST_EVICT
                : Override.CONTINUE_EVICT;
    }
}
