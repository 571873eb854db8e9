package dev.deprovisioner.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A statement as a version of the service has executed it, its parameters put in.
 *
 * @param result how many rows it has changed, or the columns that it has read
 */
record Recorded(String result, String sql) {

    private static final String SEPARATOR = " <- ";

    static List<Recorded> read(Path file) {
        try (var lines = Files.lines(file, UTF_8)) {
            return lines.map(line -> line.split(SEPARATOR, 2))
                    .map(parts -> new Recorded(parts[0], parts[1]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(List<Recorded> statements, Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, statements.stream().map(Recorded::line).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line() {
        return result + SEPARATOR + sql;
    }

    boolean isQuery() {
        return !Character.isDigit(result.charAt(0));
    }

    /** @param query whether the statement that was just executed is one */
    static String result(Statement statement, boolean query) throws SQLException {
        return query ? columns(statement.getResultSet()) : String.valueOf(statement.getUpdateCount());
    }

    static String columns(ResultSet rows) throws SQLException {
        var columns = rows.getMetaData();
        var names = IntStream.rangeClosed(1, columns.getColumnCount())
                .mapToObj(column -> {
                    try {
                        return columns.getColumnLabel(column)
                                .toLowerCase(Locale.ROOT)
                                .replaceAll("\\s+", " ");
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .sorted()
                .toList();
        return names.toString();
    }
}
