package dev.deprovisioner.deprovision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.testbed.Postgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Says how long each list takes when there are 100,000 runs, and each query of a POST: one run a second, half of them of
 * one group, and every thousandth by a caller that has few.
 */
@Tag("chaos")
class ListTimesIT {

    private static final Caller PORTAL = new Caller("portal");
    private static final Caller RARE = new Caller("rare");
    private static final Logger log = LoggerFactory.getLogger(ListTimesIT.class);
    private static final int TIMES = 21;
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final GroupId MANY_RUNS = new GroupId("group-0");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void onPostgresql() {
        var database = Postgres.createNotDurable().migrated();
        measure("PostgreSQL", database.owner(), "generate_series(1, 100000) AS series(n)");
    }

    @Test
    void onH2() {
        var url = "jdbc:h2:" + directory.resolve("runs") + ";WRITE_DELAY=0";
        var database = new SingleConnectionDataSource(url, true);
        Flyway.configure().dataSource(database).locations("db/migration").load().migrate();
        measure("H2", database, "(SELECT X AS n FROM SYSTEM_RANGE(1, 100000)) AS series");
        database.destroy();
    }

    private static void measure(String name, DataSource dataSource, String series) {
        try (var connection = dataSource.getConnection()) {
            var template = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            load(template, series);
            questions(template).forEach((question, asked) -> log.info("{}: {}: {}", name, question, median(asked)));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void load(JdbcTemplate template, String series) {
        template.update("""
                INSERT INTO deprovision (id, group_id, active_group_id, version, status, step, requested_by, requested_at,
                                         reason, attempt, revalidations, steps)
                SELECT CAST('00000000-0000-7000-8000-' || LPAD(CAST(n AS VARCHAR(12)), 12, '0') AS UUID),
                       CASE WHEN n > 50000 THEN 'group-' || n ELSE 'group-0' END,
                       CASE WHEN n > 99900 THEN 'group-' || n END, 1,
                       CASE WHEN n > 99900 THEN 'WAITING' WHEN n > 50000 THEN 'FAILED' ELSE 'SUCCEEDED' END, 'VALIDATE',
                       CASE WHEN MOD(n, 1000) = 1 THEN 'rare' ELSE 'portal' END,
                       TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00Z' + n * INTERVAL '1' SECOND,
                       REPEAT('x', 500), 1, 0, '[]'
                FROM %s
                ORDER BY n""".formatted(series));
        template.execute("ANALYZE");
    }

    private static Map<String, Runnable> questions(JdbcTemplate template) {
        var row = new DeprovisionRow();
        var jdbc = JdbcClient.create(template);
        var runs = new Deprovisions(jdbc, row);
        var lists = new RunLists(jdbc, row);
        var blockers = new Blockers(template);
        var history = new DeprovisionHistory(runs, lists, blockers);
        var questions = new LinkedHashMap<String, Runnable>();
        lists(history, questions);
        posts(runs, questions);
        var blocked = runs.latest(new GroupId("group-60000")).orElseThrow().id();
        blockers.insert(
                blocked,
                IntStream.range(0, 10_000).mapToObj(n -> Runs.blocker()).toList());
        questions.put("100 of 10,000 blockers, the last", () -> blockers.page(blocked, 9_900, 100));
        return questions;
    }

    private static void lists(DeprovisionHistory history, Map<String, Runnable> questions) {
        var all = new RunFilter(null, null, null, null, null);
        list(history, questions, "all", all);
        list(history, questions, "status", new RunFilter(null, Status.SUCCEEDED, null, null, null));
        list(history, questions, "status of few", new RunFilter(null, Status.WAITING, null, null, null));
        list(history, questions, "requestedBy", new RunFilter(null, null, PORTAL, null, null));
        list(history, questions, "requestedBy few", new RunFilter(null, null, RARE, null, null));
        list(history, questions, "requestedBy and status", new RunFilter(null, Status.FAILED, PORTAL, null, null));
        list(history, questions, "from and to, long ago", new RunFilter(null, null, null, at(10_000), at(30_000)));
        list(history, questions, "from and to, few", new RunFilter(null, null, RARE, at(10_000), at(90_000)));
        list(history, questions, "runs of a group", RunFilter.of(MANY_RUNS));
        var middle = history.key(new DeprovisionId(new UUID(0x7000, 0x8000_0000_0005_0000L)))
                .orElseThrow()
                .sequence();
        questions.put("list, second half", () -> history.page(all, middle, 100, run -> true));
        Predicate<RunKey> rare = run -> run.requestedBy().equals(RARE);
        questions.put("list for a caller that may see 100 of them", () -> history.page(all, null, 100, rare));
        questions.put("list of 1,000", () -> history.page(all, null, 1_000, run -> true));
    }

    private static void list(
            DeprovisionHistory history, Map<String, Runnable> questions, String name, RunFilter filter) {
        assertThat(history.page(filter, null, 100, run -> true).items()).isNotEmpty();
        questions.put("list, " + name, () -> history.page(filter, null, 100, run -> true));
    }

    private static void posts(Deprovisions runs, Map<String, Runnable> questions) {
        questions.put("POST: latest run of a group", () -> runs.latest(MANY_RUNS));
        questions.put("POST: count of the caller's active runs", () -> runs.countActive(PORTAL, 100));
        questions.put(
                "POST: insertion of a run",
                () -> runs.insert(Deprovision.requested(
                        new GroupId(UUID.randomUUID().toString()), new RunRequest(PORTAL, null, FIRST, null, null))));
    }

    private static Instant at(int second) {
        return FIRST.plusSeconds(second);
    }

    private static Duration median(Runnable question) {
        return IntStream.range(0, TIMES)
                .mapToObj(time -> {
                    long began = System.nanoTime();
                    question.run();
                    return Duration.ofNanos((System.nanoTime() - began) / 10_000 * 10_000);
                })
                .sorted()
                .toList()
                .get(TIMES / 2);
    }
}
