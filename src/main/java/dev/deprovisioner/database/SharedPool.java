package dev.deprovisioner.database;

import dev.deprovisioner.clock.Progress;
import dev.deprovisioner.identifier.Caller;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The pool as callers and the service itself share it. It notes the progress of work that uses a connection. */
final class SharedPool extends DelegatingDataSource {

    /** The SQLSTATE too_many_connections. */
    private static final String TOO_MANY = "53300";

    private final CallerBulkhead callers;

    SharedPool(DataSource pool, CallerBulkhead callers) {
        super(pool);
        this.callers = callers;
    }

    /** @throws SQLTransientConnectionException with SQLSTATE 53300 if callers have all the connections they may */
    @Override
    public Connection getConnection() throws SQLException {
        var caller = CallerThread.caller();
        if (caller.isPresent()) {
            return connectionOf(caller.get());
        }
        return Progress.isWatched() ? watchedConnection() : super.getConnection();
    }

    private Connection watchedConnection() throws SQLException {
        try {
            return closing(super.getConnection(), Progress::note);
        } finally {
            Progress.note();
        }
    }

    private Connection connectionOf(Caller caller) throws SQLException {
        take(caller);
        try {
            var given = new AtomicBoolean();
            return closing(super.getConnection(), () -> {
                if (given.compareAndSet(false, true)) {
                    callers.giveBack(caller);
                }
            });
        } catch (SQLException | RuntimeException e) {
            callers.giveBack(caller);
            throw e;
        }
    }

    private void take(Caller caller) throws SQLException {
        try {
            if (!callers.take(caller)) {
                throw new SQLTransientConnectionException("Requests have all connections that they may", TOO_MANY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("Interrupted while waiting for a connection", TOO_MANY, e);
        }
    }

    /** @param then what follows when the connection is closed, or closed again */
    private static Connection closing(Connection connection, Runnable then) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            } finally {
                if (method.getName().equals("close")) {
                    then.run();
                }
            }
        };
        return (Connection)
                Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, handler);
    }
}
