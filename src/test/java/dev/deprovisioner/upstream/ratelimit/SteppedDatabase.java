package dev.deprovisioner.upstream.ratelimit;

import com.zaxxer.hikari.HikariDataSource;
import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.testbed.Postgres;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A PostgreSQL for one test class. Its time is stepped, and that of all processes with it. */
final class SteppedDatabase implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    private final AtomicLong stepped = new AtomicLong();
    private HikariDataSource database = new HikariDataSource();

    @Override
    public void beforeAll(ExtensionContext tests) {
        var postgres = Postgres.create().migrated();
        stepTime(new JdbcTemplate(postgres.owner()));
        database = connections(postgres.url() + "?currentSchema=stepped,pg_catalog,public");
    }

    /** Statements find this {@code clock_timestamp()} before PostgreSQL's own. */
    private static void stepTime(JdbcTemplate owner) {
        owner.execute("CREATE SCHEMA stepped");
        owner.execute("GRANT USAGE ON SCHEMA stepped TO " + Postgres.APPLICATION);
        owner.execute("CREATE TABLE stepped.time AS SELECT pg_catalog.clock_timestamp() AS at");
        owner.execute("CREATE FUNCTION stepped.clock_timestamp() RETURNS TIMESTAMPTZ LANGUAGE SQL"
                + " AS 'SELECT at FROM stepped.time'");
    }

    private static HikariDataSource connections(String url) {
        var connections = new HikariDataSource();
        connections.setJdbcUrl(url);
        connections.setUsername(Postgres.APPLICATION);
        connections.setPassword(Postgres.PASSWORD);
        connections.setMaximumPoolSize(8);
        return connections;
    }

    /** Of all processes. */
    MonotonicClock clock() {
        return stepped::get;
    }

    DataSource connections() {
        return database;
    }

    /** Further ones, which the caller closes. */
    HikariDataSource moreConnections() {
        return connections(database.getJdbcUrl());
    }

    /** @return how many permits a process gets that asks so often */
    static long taken(PostgresBucket replica, int asked) {
        return LongStream.generate(replica::take)
                .limit(asked)
                .filter(toNext -> toNext == 0)
                .count();
    }

    void pass(Duration length) {
        sql("UPDATE stepped.time SET at = at + %d * INTERVAL '1 microsecond'".formatted(length.toNanos() / 1000));
        stepped.addAndGet(length.toNanos());
    }

    /** The row of the limit becomes as it is after the migration. */
    @Override
    public void beforeEach(ExtensionContext test) {
        sql("DELETE FROM upstream_limit");
        sql("INSERT INTO upstream_limit (id) VALUES (1)");
    }

    void sql(String statement) {
        JdbcClient.create(database).sql(statement).update();
    }

    /** @param column a time of the limit */
    long secondsTo(String column) {
        return JdbcClient.create(database)
                .sql("SELECT CAST(EXTRACT(EPOCH FROM " + column
                        + " - clock_timestamp()) AS BIGINT) FROM upstream_limit")
                .query(Long.class)
                .single();
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        database.close();
    }
}
