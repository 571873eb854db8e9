package dev.deprovisioner.database;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/** Which database product the service runs on, where their SQL or their promises differ. */
public enum DatabaseKind {
    /** Several processes may share it. */
    POSTGRESQL,
    /** Belongs to this process. */
    H2;

    /**
     * Asks the database.
     *
     * @throws DataAccessResourceFailureException if it does not answer
     */
    public static DatabaseKind of(DataSource database) {
        try {
            return JdbcUtils.extractDatabaseMetaData(database, DatabaseKind::of);
        } catch (MetaDataAccessException e) {
            throw new DataAccessResourceFailureException("The database does not say which product it is", e);
        }
    }

    static DatabaseKind of(DatabaseMetaData database) throws SQLException {
        return of(DatabaseDriver.fromProductName(database.getDatabaseProductName()));
    }

    /** What the URL of a database says, without a connection. */
    public static DatabaseKind ofUrl(@Nullable String url) {
        return of(DatabaseDriver.fromJdbcUrl(url));
    }

    private static DatabaseKind of(DatabaseDriver driver) {
        return driver == DatabaseDriver.POSTGRESQL ? POSTGRESQL : H2;
    }
}
