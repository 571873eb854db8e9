package dev.deprovisioner.schedule;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Has the pool give up a connection that H2 has closed with its database, as it does when the disk was full or broken; it
 * looks like a good one, and the next one opens the database anew. Public for the pool only, which makes one by its name.
 */
public final class ClosedDatabase implements SQLExceptionOverride {

    /** H2's DATABASE_IS_CLOSED. */
    private static final int IS_CLOSED = 90098;

    @java.lang.Override
    public Override adjudicate(SQLException e) {
        return e.getErrorCode() == IS_CLOSED ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
