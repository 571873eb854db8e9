package dev.deprovisioner.chaos.witness;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Remembers a statement's parameters, and lets its connection know when it has changed something. */
final class WitnessedStatement implements InvocationHandler {

    private final WitnessedConnection connection;
    private final Statement real;
    private final @Nullable String prepared;
    private final TreeMap<Integer, String> parameters = new TreeMap<>();

    WitnessedStatement(WitnessedConnection connection, Statement real, @Nullable String prepared) {
        this.connection = connection;
        this.real = real;
        this.prepared = prepared;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (arguments != null && arguments.length > 1 && arguments[0] instanceof Integer index) {
            boolean none = method.getName().equals("setNull") || arguments[1] == null;
            parameters.put(index, none ? "null" : String.valueOf(arguments[1]));
        }
        var sql = new Sql(text(arguments), List.copyOf(parameters.values()));
        if (!method.getName().startsWith("execute") || !sql.mayWrite()) {
            return WitnessedConnection.call(real, method, arguments);
        }
        var result = new AtomicReference<@Nullable Object>();
        connection.execute(sql, () -> {
            result.set(WitnessedConnection.call(real, method, arguments));
            return hasChanged(result.get());
        });
        return result.get();
    }

    private String text(Object @Nullable [] arguments) {
        if (prepared != null) {
            return prepared;
        }
        return arguments != null && arguments.length > 0 && arguments[0] instanceof String sql ? sql : "";
    }

    /** @param result of the JDBC method that executed it; rows mean that it returns what it has changed */
    private boolean hasChanged(@Nullable Object result) throws SQLException {
        return switch (result) {
            case Boolean rows when rows -> isNotEmpty(real.getResultSet());
            case Boolean none -> real.getUpdateCount() > 0;
            case ResultSet rows -> isNotEmpty(rows);
            case Number count -> count.longValue() > 0;
            case int[] counts -> Arrays.stream(counts).anyMatch(count -> count != 0);
            case null, default -> false;
        };
    }

    private static boolean isNotEmpty(@Nullable ResultSet rows) throws SQLException {
        return rows != null && rows.isBeforeFirst();
    }
}
