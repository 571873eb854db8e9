package dev.deprovisioner.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Which database product it is, by its URL and by its own word. */
class DatabaseKindTest {

    private static final class Unreachable extends AbstractDataSource {

        @Override
        public Connection getConnection() throws SQLException {
            throw new SQLException("no connection");
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://localhost/deprovisioner, POSTGRESQL",
        "jdbc:h2:retry:durable:./data/deprovisioner;WRITE_DELAY=0, H2",
        ", H2"
    })
    void isKnownFromTheUrl(@Nullable String url, DatabaseKind kind) {
        assertThat(DatabaseKind.ofUrl(url)).isEqualTo(kind);
    }

    @Test
    void isKnownFromAConnection() {
        var embedded = new JdbcDataSource();
        embedded.setUrl("jdbc:h2:mem:kind");

        assertThat(DatabaseKind.of(embedded)).isEqualTo(DatabaseKind.H2);
    }

    @Test
    void isNotKnownOfADatabaseThatCannotBeReached() {
        assertThatThrownBy(() -> DatabaseKind.of(new Unreachable()))
                .isInstanceOf(DataAccessResourceFailureException.class)
                .hasRootCauseMessage("no connection");
    }
}
