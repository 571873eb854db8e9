package dev.deprovisioner.chaos.witness;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Announces each transaction that has written something, before and after its commit. */
final class WitnessedConnection implements InvocationHandler {

    /** Executes a statement, and returns whether it changed anything. */
    interface Execution {
        boolean run() throws Throwable;
    }

    private final Connection real;
    private final List<Sql> written = new ArrayList<>();

    private WitnessedConnection(Connection real) {
        this.real = real;
    }

    static Connection around(Connection real) {
        return proxy(Connection.class, new WitnessedConnection(real));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        switch (method.getName()) {
            case "commit" -> commit();
            case "rollback" -> {
                written.clear();
                return call(real, method, arguments);
            }
            case "createStatement" -> {
                var statement = Objects.requireNonNull((Statement) call(real, method, arguments));
                return proxy(Statement.class, new WitnessedStatement(this, statement, null));
            }
            case "prepareStatement" -> {
                var statement = Objects.requireNonNull((PreparedStatement) call(real, method, arguments));
                var sql = (String) Objects.requireNonNull(arguments)[0];
                return proxy(PreparedStatement.class, new WitnessedStatement(this, statement, sql));
            }
            default -> {
                return call(real, method, arguments);
            }
        }
        return null;
    }

    /** A statement that would commit by itself gets a transaction, so that there is a moment before its commit. */
    void execute(Sql sql, Execution execution) throws Throwable {
        boolean alone = real.getAutoCommit();
        if (alone) {
            real.setAutoCommit(false);
        }
        try {
            if (execution.run()) {
                written.add(sql);
            }
            if (alone) {
                commit();
            }
        } finally {
            if (alone) {
                written.clear();
                real.rollback();
                real.setAutoCommit(true);
            }
        }
    }

    private void commit() throws SQLException {
        if (written.isEmpty()) {
            real.commit();
            return;
        }
        try (var announced = Announcement.of(written)) {
            real.commit();
            written.clear();
            announced.done();
        }
    }

    static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
