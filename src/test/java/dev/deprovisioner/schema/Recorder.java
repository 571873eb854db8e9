package dev.deprovisioner.schema;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Writes down every prepared statement that is executed, in this order. */
final class Recorder {

    /** Not those of Flyway and of the test. */
    private static final Pattern OWN = Pattern.compile(
            "(?i)^(?!SELECT \\(SELECT).*(FROM|INTO|UPDATE) (deprovision|group_snapshot|audit_entry|webhook_delivery|\\w+_task)\\b.*");

    private final List<Recorded> statements = Collections.synchronizedList(new ArrayList<>());

    void begin() {
        statements.clear();
    }

    List<Recorded> statements() {
        return statements.stream()
                .filter(statement -> OWN.matcher(statement.sql()).matches())
                .toList();
    }

    DataSource recording(DataSource dataSource) {
        return proxy(DataSource.class, (self, method, arguments) -> {
            var result = call(dataSource, method, arguments);
            return result instanceof Connection connection ? recording(connection) : result;
        });
    }

    private Connection recording(Connection connection) {
        return proxy(Connection.class, (self, method, arguments) -> {
            var result = call(connection, method, arguments);
            return result instanceof PreparedStatement statement
                    ? recording(String.valueOf(arguments[0]), statement)
                    : result;
        });
    }

    private PreparedStatement recording(String sql, PreparedStatement statement) {
        var parameters = new TreeMap<Integer, String>();
        return proxy(PreparedStatement.class, (self, method, arguments) -> {
            if (arguments != null && arguments.length > 1 && arguments[0] instanceof Integer index) {
                boolean none = method.getName().equals("setNull");
                parameters.put(index, none ? "NULL" : literal(arguments[1]));
            }
            var result = call(statement, method, arguments);
            if (method.getName().startsWith("execute") && arguments == null) {
                statements.add(new Recorded(result(statement, result), filled(sql, parameters)));
            }
            return result;
        });
    }

    private static String result(PreparedStatement statement, @Nullable Object result) throws SQLException {
        return switch (result) {
            case ResultSet rows -> Recorded.columns(rows);
            case Boolean query -> Recorded.result(statement, query);
            case Number count -> count.toString();
            case null, default -> throw new IllegalStateException("Batches are not recorded");
        };
    }

    private static String literal(@Nullable Object value) {
        return switch (value) {
            case null -> "NULL";
            case Number number -> number.toString();
            case Boolean yes -> yes.toString();
            default -> "'" + value.toString().replace("'", "''") + "'";
        };
    }

    private static String filled(String sql, Map<Integer, String> parameters) {
        var number = new AtomicInteger();
        return Pattern.compile("[?]")
                .matcher(sql.strip().replaceAll("\\s+", " "))
                .replaceAll(
                        place -> Matcher.quoteReplacement(parameters.getOrDefault(number.incrementAndGet(), "NULL")));
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
