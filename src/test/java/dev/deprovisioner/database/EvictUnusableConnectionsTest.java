package dev.deprovisioner.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which answers of a server discard a connection, besides class 08, 57P01, 57P02 and 57P03, which the pool knows. */
class EvictUnusableConnectionsTest {

    @ParameterizedTest
    @CsvSource({
        "25006, 0,     MUST_EVICT",
        "25P03, 0,     MUST_EVICT",
        "90098, 90098, MUST_EVICT",
        "23505, 0,     CONTINUE_EVICT",
        "40001, 0,     CONTINUE_EVICT",
        "57014, 0,     CONTINUE_EVICT",
        "57P01, 0,     CONTINUE_EVICT"
    })
    void discardsAConnectionThatIsOfNoUse(String state, int code, SQLExceptionOverride.Override verdict) {
        assertThat(new EvictUnusableConnections().adjudicate(new SQLException("refused", state, code)))
                .isEqualTo(verdict);
    }
}
