package dev.deprovisioner.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What PostgreSQL executes, from its own log. */
final class StatementLog {

    private static final String FILE = "statements";
    /** For sessions to take the setting up, and for the log to be written. */
    private static final Duration DELAY = Duration.ofMillis(500);

    private final Path file;
    private final JdbcTemplate administrator;

    StatementLog(Path directory, String url) {
        this.file = directory.resolve(FILE + ".log");
        this.administrator = new JdbcTemplate(new DriverManagerDataSource(url));
    }

    /** With which a server can have such a log. */
    static Map<String, String> settings(Path directory) {
        return Map.of("logging_collector", "on", "log_directory", directory.toString(), "log_filename", FILE + ".log");
    }

    /** The statements of one database while something goes on, in their order. */
    List<Statement> during(String database, Runnable work) {
        // A statement is logged after its execution, with the transaction if it wrote something.
        administrator.execute("ALTER SYSTEM SET log_line_prefix = '%d|%x|'");
        set("0");
        int before = lines().size();
        work.run();
        pause();
        set("-1");
        var all = lines();
        return statements(all.subList(before, all.size())).stream()
                .filter(statement -> statement.database().equals(database))
                .toList();
    }

    private void set(String minimum) {
        administrator.execute("ALTER SYSTEM SET log_min_duration_statement = " + minimum);
        administrator.execute("SELECT pg_reload_conf()");
        pause();
    }

    private static void pause() {
        LockSupport.parkNanos(DELAY.toNanos());
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Further lines of a message begin with a tab; those that parse and bind are messages of their own. */
    private static List<Statement> statements(List<String> lines) {
        var found = new ArrayList<Statement>();
        boolean executed = false;
        for (var line : lines) {
            if (!line.startsWith("\t")) {
                var statement = Statement.of(line);
                statement.ifPresent(found::add);
                executed = statement.isPresent();
            } else if (executed) {
                found.add(found.removeLast().with(line));
            }
        }
        return found;
    }
}
