package dev.deprovisioner.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.SQLExceptionOverride.Override;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvictUnusableConnectionsTest {

    private final EvictUnusableConnections connections = new EvictUnusableConnections();

    @ParameterizedTest
    @CsvSource({
        "90098, 90098, the database of H2 is closed",
        "25006, 0, a replica after a failover",
        "25P03, 0, a session that the server has ended"
    })
    void thePoolDiscardsWhatIsOfNoUse(String state, int code, String why) {
        assertThat(connections.adjudicate(new SQLException(why, state, code))).isEqualTo(Override.MUST_EVICT);
    }

    @Test
    void theRestIsLeftToThePool() {
        assertThat(connections.adjudicate(new SQLException("duplicate key", "23505")))
                .isEqualTo(Override.CONTINUE_EVICT);
    }
}
