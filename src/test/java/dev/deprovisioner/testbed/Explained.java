package dev.deprovisioner.testbed;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/** Has PostgreSQL explain every prepared statement just before it is executed: the very statement, with its parameters. */
public final class Explained {

    private static final String EXPLAIN = "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) ";

    private final List<Plan> plans = new CopyOnWriteArrayList<>();
    private final DataSource dataSource;

    public Explained(DataSource dataSource) {
        this.dataSource = proxy(DataSource.class, (self, method, arguments) -> {
            var result = call(dataSource, method, arguments);
            return result instanceof Connection connection ? explaining(connection) : result;
        });
    }

    public DataSource dataSource() {
        return dataSource;
    }

    /** The plans of the statements that were executed meanwhile. */
    public List<Plan> of(Runnable statements) {
        plans.clear();
        statements.run();
        return List.copyOf(plans);
    }

    /** The plan of the one statement that was executed meanwhile. */
    public Plan planOf(Runnable statement) {
        var explained = of(statement);
        if (explained.size() != 1) {
            throw new AssertionError("Not one statement, but " + explained);
        }
        return explained.getFirst();
    }

    private Connection explaining(Connection connection) {
        return proxy(Connection.class, (self, method, arguments) -> {
            var result = call(connection, method, arguments);
            return result instanceof PreparedStatement statement
                    ? explaining(connection, String.valueOf(arguments[0]), statement)
                    : result;
        });
    }

    /** Sets one parameter. */
    private interface Setter {

        void on(PreparedStatement statement) throws Throwable;
    }

    private PreparedStatement explaining(Connection connection, String sql, PreparedStatement statement) {
        var setters = new ArrayList<Setter>();
        return proxy(PreparedStatement.class, (self, method, arguments) -> {
            if (method.getName().startsWith("set")
                    && arguments.length > 1
                    && method.getParameterTypes()[0] == int.class) {
                setters.add(other -> call(other, method, arguments));
            } else if (method.getName().startsWith("execute")) {
                plans.add(explain(connection, sql, setters));
            }
            return call(statement, method, arguments);
        });
    }

    /** Analyzing executes, so what it has done is undone. */
    private static Plan explain(Connection connection, String sql, List<Setter> setters) throws Throwable {
        boolean commits = connection.getAutoCommit();
        connection.setAutoCommit(false);
        var before = connection.setSavepoint();
        try (var statement = connection.prepareStatement(EXPLAIN + sql)) {
            for (var setter : setters) {
                setter.on(statement);
            }
            return plan(sql, statement);
        } finally {
            connection.rollback(before);
            connection.setAutoCommit(commits);
        }
    }

    private static Plan plan(String sql, PreparedStatement statement) throws SQLException {
        try (var result = statement.executeQuery()) {
            result.next();
            return Plan.parse(sql, result.getString(1));
        }
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
