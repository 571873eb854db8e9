package dev.deprovisioner.database;

/**
 * Distinguishes a PostgreSQL server that accepts writes from one that does not, such as a replica, or a primary before a
 * failover. On a read-only server, connections work and so does a statement as simple as {@code SELECT 1}.
 */
public final class WritableServer {

    /** The SQLSTATE read_only_sql_transaction. */
    static final String READ_ONLY = "25006";

    /** A statement that fails with this SQLSTATE on a server that accepts no writes. */
    public static final String CHECK = """
            DO $$ BEGIN IF current_setting('transaction_read_only') = 'on' THEN
            RAISE EXCEPTION 'the server is read-only, such as a replica after a failover' USING ERRCODE = '%s';
            END IF; END $$""".formatted(READ_ONLY);

    private WritableServer() {}
}
