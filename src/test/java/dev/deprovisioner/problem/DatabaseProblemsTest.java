package dev.deprovisioner.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.ArgumentMatchers.startsWith;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import java.io.EOFException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Callers and logs distinguish a database that is busy from one that is away, and both from a fault of ours. */
class DatabaseProblemsTest {

    @Test
    void aRequestWithoutAConnectionMayBeSentAgainSoon() {
        var busy = DatabaseProblems.of(new CannotCreateTransactionException(
                "none", new SQLTransientConnectionException("all taken", "53300")));

        assertThat(busy).isEqualTo(DatabaseProblems.BUSY);
        assertThat(busy.problem(true).type()).isEqualTo(ProblemType.UNAVAILABLE);
        assertThat(busy.retryAfter()).isPositive();
    }

    @Test
    void aDatabaseThatIsAwayIsNotOurFault() {
        assertThat(DatabaseProblems.of(new DataAccessResourceFailureException("no", new SQLException("no", "08006"))))
                .isEqualTo(DatabaseProblems.UNAVAILABLE);
    }

    /** A replica after a failover, a session that the server has ended after a freeze, and a lock that is held too long. */
    @ParameterizedTest
    @ValueSource(strings = {"25006", "25P03", "55P03"})
    void aServerThatRefusesForATimeIsNotOurFault(String state) {
        assertThat(DatabaseProblems.of(new UncategorizedSQLException("task", "INSERT", new SQLException("no", state))))
                .isEqualTo(DatabaseProblems.UNAVAILABLE);
    }

    /** The pool has closed the connection for the failure before. */
    @Test
    void aRollbackThatFailsWithoutItsConnectionIsNotOurFault() {
        assertThat(DatabaseProblems.of(rollbackFailed("Connection is closed"))).isEqualTo(DatabaseProblems.UNAVAILABLE);
        assertThat(DatabaseProblems.of(rollbackFailed("something else"))).isEqualTo(DatabaseProblems.UNEXPECTED);
    }

    private static TransactionSystemException rollbackFailed(String why) {
        return new TransactionSystemException("JDBC rollback failed", new SQLException(why));
    }

    @Test
    void anOutageWithoutAMessageIsLoggedByItsKind() {
        Logger log = mock();
        DatabaseProblems.UNAVAILABLE.log(log, "GET", new DataAccessResourceFailureException("no", new EOFException()));

        // The database package drops repeated records that begin so.
        verify(log)
                .warn(
                        startsWith("Request failed: {}, the database is unavailable"),
                        eq("GET"),
                        eq("java.io.EOFException"));
    }

    @Test
    void aStatementThatIsRefusedIsUnexpected() {
        assertThat(DatabaseProblems.of(new BadSqlGrammarException("task", "SELEC", new SQLException("no", "42601"))))
                .isEqualTo(DatabaseProblems.UNEXPECTED);
    }
}
