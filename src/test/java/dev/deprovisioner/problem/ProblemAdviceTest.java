package dev.deprovisioner.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

class ProblemAdviceTest {

    private static final Problem BUSY = new Problem(ProblemType.UNAVAILABLE, "Busy.");

    private static HttpHeaders answered(ProblemException e) {
        return new ProblemAdvice()
                .known(e, new MockHttpServletRequest("GET", "/audit-entries/verification"))
                .getHeaders();
    }

    @Test
    void saysWhenToTryAgainIfThatIsKnown() {
        assertThat(answered(new ProblemException(BUSY, Duration.ofSeconds(5))).getFirst(HttpHeaders.RETRY_AFTER))
                .isEqualTo("5");
        assertThat(answered(new ProblemException(BUSY)).containsHeader(HttpHeaders.RETRY_AFTER))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "DELETE"})
    void aChangeMayHaveBeenAcceptedOnceItsTransactionBegan(String method) {
        var ended = new SQLException("This connection has been closed", "08006");
        var taken = new SQLTransientConnectionException("all taken", "53300");
        for (var failure : List.of(
                new DataAccessResourceFailureException("JDBC commit", ended),
                new TransactionSystemException("Could not commit", ended),
                new CannotGetJdbcConnectionException("for the answer", taken))) {
            assertThat(detail(method, failure))
                    .contains("may have been accepted")
                    .doesNotContain("Nothing was accepted");
        }
    }

    @Test
    void nothingWasAcceptedWithoutATransaction() {
        var none = new CannotCreateTransactionException("no connection", new SQLException("refused", "08001"));
        assertThat(detail("POST", none)).contains("Nothing was accepted");
    }

    @Test
    void aReadAcceptsNothing() {
        assertThat(detail("GET", new DataAccessResourceFailureException("no", new SQLException("no", "08006"))))
                .contains("Nothing was accepted");
    }

    private static @Nullable String detail(String method, RuntimeException failure) {
        var answer = new ProblemAdvice().database(failure, new MockHttpServletRequest(method, "/deprovisions/g1"));
        return ((ProblemBody) Objects.requireNonNull(answer.getBody())).detail();
    }
}
