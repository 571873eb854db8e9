package dev.deprovisioner.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.TurboFilterList;
import ch.qos.logback.classic.turbo.TurboFilter;
import dev.deprovisioner.testbed.SteppedTime;
import java.io.EOFException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.TransactionSystemException;

/** An outage in the log: one line when it begins, and one when it ends. */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("Reads the log of this JVM")
class DatabaseOutageTest {

    private final SQLException refused = new SQLTransientConnectionException(
            "pool - Connection is not available", "08001", new SQLException("Connection refused", "08001"));

    private final DataSource database = mock();
    private final SteppedTime time = new SteppedTime();
    private final TurboFilterList filters = ((LoggerContext) LoggerFactory.getILoggerFactory()).getTurboFilterList();
    private final List<TurboFilter> ofOtherApplications = List.copyOf(filters);
    private DatabaseOutage outage;

    @BeforeEach
    void begin() {
        filters.removeAll(ofOtherApplications);
        outage = new DatabaseOutage(database, time);
    }

    @AfterEach
    void close() {
        outage.destroy();
        filters.addAll(ofOtherApplications);
    }

    @Test
    void isLoggedOnceAndWhenItIsOver(CapturedOutput log) throws SQLException {
        given(database.getConnection()).willThrow(refused, refused).willReturn(mock(Connection.class));
        outage.look();
        time.step(Duration.ofSeconds(30));
        outage.look();
        outage.look();
        outage.look();

        assertThat(log.getAll()).containsOnlyOnce("Database unavailable: Connection refused");
        assertThat(log.getAll()).containsOnlyOnce("Database available again: after 30 s");
    }

    @Test
    void isLoggedByItsKindWhereItHasNoMessage(CapturedOutput log) throws SQLException {
        given(database.getConnection()).willThrow(new SQLException("no", "08006", new EOFException()));
        outage.look();

        assertThat(log.getAll()).contains("Database unavailable: java.io.EOFException");
    }

    /** The form is checked where the requests fail. */
    @Test
    void logsOneFailedRequestUntilTheDatabaseIsBack(CapturedOutput log) throws SQLException {
        given(database.getConnection()).willThrow(refused, refused).willReturn(mock(Connection.class));
        for (int i = 1; i <= 3; i++) {
            failToAnswer("outage " + i);
            outage.look();
        }
        failToAnswer("next outage");
        LoggerFactory.getLogger("dev.deprovisioner.problem.ProblemAdvice")
                .error("Request failed: {}", "GET", new IllegalStateException("bug"));

        assertThat(log.getAll()).contains("outage 1", "next outage", "bug").doesNotContain("outage 2", "outage 3");
    }

    /** As on a full disk: connections are to be had, and statements fail. */
    @Test
    void beginsWithAFailureOfALibraryAndEndsAtALookWithoutOne(CapturedOutput log) throws SQLException {
        given(database.getConnection()).willReturn(mock(Connection.class));
        outage.look();
        failToPoll("No space left on device", "53100");
        failToPoll("No space left on device", "53100");
        nextLook();
        failToPoll("No space left on device", "53100");
        nextLook();

        assertThat(log.getAll())
                .containsOnlyOnce("Database unavailable: No space left on device")
                .doesNotContain("Database available again");

        nextLook();

        assertThat(log.getAll()).containsOnlyOnce("Database available again: after 15 s");
    }

    @Test
    void doesNotEndIfALibraryFailsDuringTheLook(CapturedOutput log) throws SQLException {
        given(database.getConnection()).willAnswer(call -> {
            failToPoll("No space left on device", "53100");
            return mock(Connection.class);
        });
        outage.look();
        nextLook();

        assertThat(log.getAll())
                .containsOnlyOnce("Database unavailable: No space left on device")
                .doesNotContain("Database available again");
    }

    /** A session may end while the database is well, and so may a connection. */
    @Test
    void doesNotBeginWithASessionThatHasEnded(CapturedOutput log) {
        failToPoll("terminating connection due to idle-in-transaction", "25P03");
        failToPoll("Connection is closed", null);

        assertThat(log.getAll()).doesNotContain("Database unavailable");
    }

    @Test
    void logsOneFailedRequestUntilStatementsSucceedAgain(CapturedOutput log) throws SQLException {
        given(database.getConnection()).willReturn(mock(Connection.class));
        for (int i = 1; i <= 3; i++) {
            failToPoll("No space left on device", "53100");
            failToAnswer("outage " + i);
            nextLook();
        }
        nextLook();
        failToAnswer("next outage");

        assertThat(log.getAll()).contains("outage 1", "next outage").doesNotContain("outage 2", "outage 3");
    }

    private void nextLook() {
        time.step(Duration.ofSeconds(5));
        outage.look();
    }

    private static void failToPoll(String message, @Nullable String state) {
        LoggerFactory.getLogger("com.github.kagkarlsson.scheduler.RunAndLogErrors")
                .error("Unhandled exception", new IllegalStateException(new SQLException(message, state)));
    }

    private static void failToAnswer(String message) {
        LoggerFactory.getLogger("dev.deprovisioner.problem.ProblemAdvice")
                .warn("Request failed: {}, the database is unavailable: {}", "GET", message);
    }

    @Test
    void librariesDoNotRepeatItWithItsStack(CapturedOutput log) {
        var poll = LoggerFactory.getLogger("com.github.kagkarlsson.scheduler.RunAndLogErrors");

        poll.error("Unhandled exception", new DataAccessResourceFailureException("down", refused));
        poll.warn("Failed heartbeat {} {}", 1, 2, refused);
        poll.error("Unhandled end", new SQLException("terminating connection due to idle-in-transaction", "25P03"));
        var rollback = new IllegalStateException("rollback failed", new SQLException("Connection is closed"));
        rollback.addSuppressed(new DataAccessResourceFailureException("down", refused));
        poll.error("Unhandled rollback", rollback);
        poll.error("Unhandled bug", new IllegalStateException("bug"));

        assertThat(log.getAll())
                .doesNotContain("Unhandled exception", "Failed heartbeat", "Unhandled end", "Unhandled rollback")
                .contains("Unhandled bug");
    }

    /** A full disk, no memory, a lock that is held too long, and a statement that takes too long. */
    @ParameterizedTest
    @ValueSource(strings = {"53100", "53200", "55P03", "57014"})
    void librariesDoNotRepeatThatAStatementCannotBeDoneNow(String state, CapturedOutput log) {
        var poll = LoggerFactory.getLogger("com.github.kagkarlsson.scheduler.RunAndLogErrors");

        poll.error("Unhandled exception", new UncategorizedSQLException("task", null, new SQLException("no", state)));

        assertThat(log.getAll()).doesNotContain("Unhandled exception");
    }

    /** The pool has closed the connection for the first failure, and says only that to what comes after it. */
    @Test
    void librariesDoNotLogARollbackThatFailsForIt(CapturedOutput log) {
        var transactions = LoggerFactory.getLogger("org.springframework.transaction.support.TransactionTemplate");
        var scheduler = LoggerFactory.getLogger("com.github.kagkarlsson.scheduler.Scheduler");
        var rollback = new TransactionSystemException("JDBC rollback failed", new SQLException("Connection is closed"));

        transactions.error("Application exception overridden", new DataAccessResourceFailureException("down", refused));
        LoggerFactory.getLogger("org.springframework.boot.jdbc.health.DataSourceHealthIndicator")
                .warn("DataSource health check failed", new DataAccessResourceFailureException("down", refused));
        scheduler.warn("Unhandled exception", rollback);
        scheduler.warn("Unhandled bug", new TransactionSystemException("JDBC commit failed", new SQLException("bug")));

        assertThat(log.getAll())
                .doesNotContain("Application exception overridden", "health check failed", "Unhandled exception")
                .contains("Unhandled bug");
    }

    @Test
    void thePoolDoesNotLogEachConnectionThatHasEnded(CapturedOutput log) {
        var pool = LoggerFactory.getLogger("com.zaxxer.hikari.pool.PoolBase");

        pool.warn("{} - Failed to validate connection {} ({}). Possibly consider more.", "pool", "first", "closed");
        pool.warn("{} - Something else", "pool");

        assertThat(log.getAll()).doesNotContain("Possibly consider more").contains("pool - Something else");
    }
}
