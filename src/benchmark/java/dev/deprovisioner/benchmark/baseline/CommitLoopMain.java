package dev.deprovisioner.benchmark.baseline;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** A {@link CommitLoop} for each client: takes a number of milliseconds, and answers with a {@link Load}. */
public final class CommitLoopMain {

    private CommitLoopMain() {}

    /**
     * @param arguments the database with the rows of an accepted request, its group, the database to write to, and how
     *     many clients
     */
    public static void main(String[] arguments) throws SQLException {
        var rows = rows(arguments[0], arguments[1]);
        int clients = Integer.parseInt(arguments[3]);
        var loops = IntStream.range(0, clients)
                .mapToObj(i -> new CommitLoop(rows, arguments[2]))
                .toList();
        Lines.answer(millis -> Load.of(clients, Duration.ofMillis(Long.parseLong(millis)), i -> loops.get(i)::commitOne)
                .text());
    }

    private static List<RowCopy> rows(String database, String group) throws SQLException {
        try (var connection = DriverManager.getConnection(database)) {
            var run = RowCopy.of(connection, "deprovision", "group_id", group);
            return List.of(
                    run,
                    RowCopy.of(connection, "audit_entry", "group_id", group),
                    RowCopy.of(
                            connection,
                            "deprovision_task",
                            "task_instance",
                            String.valueOf(run.values().get("id"))));
        }
    }
}
