package dev.deprovisioner.benchmark.baseline;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** A {@link CommitLoop} for each client: takes a number of milliseconds, and answers with a {@link Load}. */
public final class CommitLoopMain {

    private CommitLoopMain() {}

    /** @param arguments the database with the rows of an accepted request, the one to write to, and how many clients */
    public static void main(String[] arguments) throws SQLException {
        var rows = rows(arguments[0]);
        int clients = Integer.parseInt(arguments[2]);
        var loops = IntStream.range(0, clients)
                .mapToObj(i -> new CommitLoop(rows, arguments[1]))
                .toList();
        Lines.answer(millis -> Load.of(clients, Duration.ofMillis(Long.parseLong(millis)), i -> loops.get(i)::commitOne)
                .text());
    }

    private static List<RowCopy> rows(String database) throws SQLException {
        try (var connection = DriverManager.getConnection(database)) {
            return List.of(
                    RowCopy.first(connection, "deprovision"),
                    RowCopy.first(connection, "audit_entry"),
                    RowCopy.first(connection, "deprovision_task"));
        }
    }
}
