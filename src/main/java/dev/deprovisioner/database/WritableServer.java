package dev.deprovisioner.database;

import java.sql.SQLException;

/**
 * Distinguishes a PostgreSQL server that accepts writes from one that does not, such as a replica, or a primary before a
 * failover. On a read-only server, connections work and so does a statement as simple as {@code SELECT 1}.
 */
public final class WritableServer {

    /** The SQLSTATE read_only_sql_transaction. */
    private static final String READ_ONLY = "25006";

    /** What fails here says this: a query cannot choose its SQLSTATE. */
    private static final String MESSAGE = "the server is read-only, such as a replica after a failover";

    /** A query with one value, which fails on a server that accepts no writes; readiness asks it as well. */
    static final String QUERY = """
            SELECT CAST(CASE WHEN current_setting('transaction_read_only') = 'on' THEN '%s' ELSE '1' END AS INT)""".formatted(MESSAGE);

    /** A statement that fails with this SQLSTATE on a server that accepts no writes. */
    public static final String CHECK = """
            DO $$ BEGIN IF current_setting('transaction_read_only') = 'on' THEN
            RAISE EXCEPTION '%s' USING ERRCODE = '%s';
            END IF; END $$""".formatted(MESSAGE, READ_ONLY);

    private WritableServer() {}

    /** Whether a statement, or one of those here, failed as the server accepts no writes. */
    static boolean isReadOnly(SQLException failure) {
        return READ_ONLY.equals(failure.getSQLState())
                || String.valueOf(failure.getMessage()).contains(MESSAGE);
    }
}
