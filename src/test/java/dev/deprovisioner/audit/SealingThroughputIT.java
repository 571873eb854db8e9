package dev.deprovisioner.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.zaxxer.hikari.HikariDataSource;
import dev.deprovisioner.database.SyncedFilePath;
import dev.deprovisioner.testbed.Postgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Says how many entries a second are sealed and verified. Nothing is asserted of the time. */
@Tag("chaos")
@Isolated("Measures times")
class SealingThroughputIT {

    private static final org.slf4j.Logger log = LoggerFactory.getLogger(SealingThroughputIT.class);
    private static final Logger logOfEntries = (Logger) LoggerFactory.getLogger("audit");
    private static final int ENTRIES = Integer.getInteger("throughput.entries", 3000);
    private static final int ROUNDS = 6;
    private static final int LONG = Integer.getInteger("throughput.long", 1_000_000);
    private static final AuditProperties KEY =
            new AuditProperties(List.of(Base64.getEncoder().encodeToString(new byte[32])), null);

    @BeforeEach
    void writeNothingElse() {
        logOfEntries.setLevel(Level.OFF);
    }

    @AfterEach
    void writeAgain() {
        logOfEntries.setLevel(null);
    }

    @Test
    void onPostgres() {
        var database = Postgres.create().migrated().owner();
        measure("PostgreSQL", database);
        verifyPageByPage("PostgreSQL", database);
    }

    @Test
    void onTheEmbeddedDatabase(@TempDir Path directory) {
        SyncedFilePath.register();
        try (var database = new HikariDataSource()) {
            database.setJdbcUrl("jdbc:h2:retry:durable:" + directory.resolve("audit") + ";WRITE_DELAY=0");
            Flyway.configure()
                    .dataSource(database)
                    .locations("db/migration")
                    .load()
                    .migrate();
            measure("H2", database);
            verifyPageByPage("H2", database);
        }
    }

    private static void measure(String name, DataSource database) {
        var template = new JdbcTemplate(database);
        var manager = new DataSourceTransactionManager(database);
        var transactions = new TransactionTemplate(manager);
        var chain = new ChainStore(database);
        var trail = new AuditTrail(JdbcClient.create(template), KEY);
        var sealing = new Sealing(chain, KEY, transactions);
        var verification = new Verification(trail, chain, KEY, manager, System::nanoTime);
        var random = new Random(1);
        var sealed = new ArrayList<Long>();
        var verified = new ArrayList<Long>();
        for (int round = 1; round <= ROUNDS; round++) {
            transactions.executeWithoutResult(status -> {
                for (int i = 0; i < ENTRIES; i++) {
                    trail.append(Trail.entry(random));
                }
            });
            long begin = System.nanoTime();
            assertThat(sealing.sealAll()).isEqualTo(ENTRIES);
            long end = System.nanoTime();
            sealed.add(perSecond(ENTRIES, end - begin));
            var verdict = verification.verify(Trail.AUDITOR, ChainHead.NONE, Verification.MAX_LIMIT);
            verified.add(perSecond(verdict.entries(), System.nanoTime() - end));
            assertThat(verdict.broken()).isNull();
        }
        log.info("{}: {} entries sealed/s, {} verified/s", name, afterTheFirst(sealed), afterTheFirst(verified));
    }

    /** As an auditor does, in a loop of calls, over a trail that is too long for one. */
    private static void verifyPageByPage(String name, DataSource database) {
        var template = new JdbcTemplate(database);
        var manager = new DataSourceTransactionManager(database);
        var transactions = new TransactionTemplate(manager);
        var trail = new AuditTrail(JdbcClient.create(template), KEY);
        var chain = new ChainStore(database);
        var random = new Random(2);
        for (int left = LONG; left > 0; left -= 10_000) {
            transactions.executeWithoutResult(
                    status -> IntStream.range(0, 10_000).forEach(i -> trail.append(Trail.entry(random))));
            new Sealing(chain, KEY, transactions).sealAll();
        }
        var verification = new Verification(trail, chain, KEY, manager, System::nanoTime);
        var millis = new ArrayList<Long>();
        @Nullable ChainHead next = ChainHead.NONE;
        long entries = 0;
        while (next != null) {
            long began = System.nanoTime();
            var page = verification.verify(Trail.AUDITOR, next, Verification.MAX_LIMIT);
            millis.add((System.nanoTime() - began) / 1_000_000);
            assertThat(page.broken()).isNull();
            entries += page.entries();
            next = page.next();
        }
        assertThat(entries).isGreaterThanOrEqualTo(LONG);
        log.info("{}: {} entries verified in pages of {} ms", name, entries, millis);
    }

    private static long perSecond(long entries, long nanos) {
        return entries * 1_000_000_000L / nanos;
    }

    /** The first round is slow, as the JVM is new. */
    private static String afterTheFirst(List<Long> rates) {
        var sorted = new ArrayList<>(rates.subList(1, rates.size()));
        Collections.sort(sorted);
        return "median " + sorted.get(sorted.size() / 2) + " of " + sorted;
    }
}
