package dev.deprovisioner.chaos.witness;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Set as the service's driver, it has every commit of its connections witnessed; all else is the real driver's. */
public final class WitnessedDriver implements Driver {

    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        var connection = real(url).connect(url, info);
        return connection == null ? null : WitnessedConnection.around(connection);
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
        return real(url).acceptsURL(url);
    }

    private static Driver real(String url) throws SQLException {
        return DriverManager.getDriver(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }
}
