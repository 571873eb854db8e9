package dev.deprovisioner.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.deprovisioner.clock.Progress;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.testbed.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Callers with slow statements and the service itself on one pool of three connections. */
class SharedPoolTest {

    private static final Caller PORTAL = new Caller("portal");

    private final HikariDataSource pool = new HikariDataSource();

    @AfterEach
    void close() {
        pool.close();
    }

    private DataSource shared(String url) {
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(3);
        pool.setConnectionTimeout(2000);
        return (DataSource) new PoolSharing().postProcessAfterInitialization(pool, "pool");
    }

    private static Connection asCaller(DataSource pool) throws SQLException {
        try (var thread = CallerThread.of(PORTAL)) {
            return pool.getConnection();
        }
    }

    @Test
    void aCallerIsRefusedWhileTheServiceStillGetsConnections() throws SQLException {
        var shared = shared("jdbc:h2:mem:shared");
        try (var ofCaller = asCaller(shared);
                var ofWorker = shared.getConnection();
                var ofHeartbeat = shared.getConnection()) {
            assertThatThrownBy(() -> asCaller(shared))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("53300"));
            assertThat(ofCaller.isValid(1) && ofWorker.isValid(1) && ofHeartbeat.isValid(1))
                    .isTrue();
        }
    }

    @Test
    void aConnectionThatIsClosedTwiceIsGivenBackOnce() throws SQLException {
        var shared = shared("jdbc:h2:mem:shared");
        var first = asCaller(shared);
        first.close();
        try (var second = asCaller(shared)) {
            first.close();

            assertThatThrownBy(() -> asCaller(shared)).isInstanceOf(SQLException.class);
            assertThat(second.isValid(1)).isTrue();
        }
    }

    @Test
    void failuresOfAStatementStayAsTheyAre() throws SQLException {
        try (var connection = asCaller(shared("jdbc:h2:mem:shared"))) {
            assertThatThrownBy(() -> connection.prepareStatement("SELECT nothing"))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void anEndedStatementIsProgressOfTheWork() throws SQLException {
        var shared = shared("jdbc:h2:mem:shared");
        try (var progress = Progress.begin()) {
            long before;
            try (var connection = shared.getConnection()) {
                before = progress.steps();
                assertThat(connection.isValid(1)).isTrue();
            }
            assertThat(progress.steps()).isGreaterThan(before);
        }
    }

    @Test
    void twoHundredCallersWithSlowListsDelayNoHeartbeat() throws Exception {
        var shared = new JdbcTemplate(shared(Postgres.createNotDurable().ownersUrl()));
        var began = new CountDownLatch(200);
        var refused = new AtomicInteger();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                callers.execute(() -> {
                    began.countDown();
                    listSlowly(shared, refused);
                });
            }
            began.await();
            for (int heartbeat = 0; heartbeat < 20; heartbeat++) {
                long at = System.nanoTime();
                shared.queryForObject("SELECT 1", Integer.class);
                assertThat(Duration.ofNanos(System.nanoTime() - at)).isLessThan(Duration.ofSeconds(1));
            }
        }
        assertThat(refused).hasValueGreaterThan(100);
    }

    private static void listSlowly(JdbcTemplate shared, AtomicInteger refused) {
        try (var thread = CallerThread.of(PORTAL)) {
            shared.queryForList("SELECT pg_sleep(0.3)");
        } catch (RuntimeException e) {
            refused.incrementAndGet();
        }
    }
}
