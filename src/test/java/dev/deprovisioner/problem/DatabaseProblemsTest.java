package dev.deprovisioner.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
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
        assertThat(busy.problem().type()).isEqualTo(ProblemType.UNAVAILABLE);
        assertThat(busy.retryAfter()).isPositive();
    }

    @Test
    void aDatabaseThatIsAwayIsNotOurFault() {
        assertThat(DatabaseProblems.of(new DataAccessResourceFailureException("no", new SQLException("no", "08006"))))
                .isEqualTo(DatabaseProblems.UNAVAILABLE);
    }

    @Test
    void aReplicaAfterAFailoverIsNotOurFault() {
        assertThat(DatabaseProblems.of(new UncategorizedSQLException("task", "INSERT", new SQLException("no", "25006"))))
                .isEqualTo(DatabaseProblems.UNAVAILABLE);
    }

    @Test
    void aRollbackThatFailsIsWhatCameBeforeIt() {
        var rollback = new TransactionSystemException("JDBC rollback failed", new SQLException("Connection is closed"));
        assertThat(DatabaseProblems.of(rollback)).isEqualTo(DatabaseProblems.UNEXPECTED);

        rollback.initApplicationException(
                new DataAccessResourceFailureException("no", new SQLException("terminated", "57P01")));

        assertThat(DatabaseProblems.of(rollback)).isEqualTo(DatabaseProblems.UNAVAILABLE);
    }

    @Test
    void aStatementThatIsRefusedIsUnexpected() {
        assertThat(DatabaseProblems.of(new BadSqlGrammarException("task", "SELEC", new SQLException("no", "42601"))))
                .isEqualTo(DatabaseProblems.UNEXPECTED);
    }
}
