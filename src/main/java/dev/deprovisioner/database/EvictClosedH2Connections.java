package dev.deprovisioner.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Has the pool discard a connection that H2 has closed together with its database, as it does when the disk is full or
 * broken. Such a connection looks valid; only a new one opens the database again. Public because the pool creates this
 * class by its name.
 */
public final class EvictClosedH2Connections implements SQLExceptionOverride {

    /** H2's DATABASE_IS_CLOSED. */
    private static final int IS_CLOSED = 90098;

    @java.lang.Override
    public Override adjudicate(SQLException e) {
        return e.getErrorCode() == IS_CLOSED ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
