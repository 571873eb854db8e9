package dev.deprovisioner.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which answers of a server at the start need an operator, and what that operator reads. */
class DatabaseRefusalTest {

    private static Throwable answer(String state, String message) {
        return new IllegalStateException(new SQLTransientConnectionException(new SQLException(message, state)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    28P01 | FATAL: password authentication failed for user "a"    | spring.datasource.password
                    28000 | FATAL: role "a" is not permitted to log in            | spring.datasource.username
                    3D000 | FATAL: database "a" does not exist                    | Create the database
                    42501 | FATAL: permission denied for database "a"             | Grant
                    08P01 | FATAL: unsupported startup parameter: options         | ignore_startup_parameters
                    08P01 | FATAL: no such database: a                            | Add the database to PgBouncer
                    08P01 | FATAL: database "a" does not exist                    | spring.datasource.url
                    08P01 | FATAL: "trust" authentication failed                  | add the role to PgBouncer
                    """)
    void saysWhatToDo(String state, String message, String remedy) {
        var analysis = new DatabaseRefusalAnalyzer().analyze(answer(state, message));

        assertThat(Objects.requireNonNull(analysis).getDescription())
                .isEqualTo("The database server refuses the connection: " + message);
        assertThat(analysis.getAction()).contains(remedy);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    08001 | Connection to localhost:5432 refused
                    08006 | The connection attempt failed.
                    08P01 | FATAL: pgbouncer cannot connect to server
                    08P01 | FATAL: no more connections allowed (max_client_conn)
                    08P01 | FATAL: query_wait_timeout
                    53300 | FATAL: sorry, too many clients already
                    57P03 | FATAL: the database system is starting up
                    25006 | ERROR: the server is read-only, such as a replica after a failover
                    42501 | ERROR: permission denied for table deprovision
                    """)
    void leavesToTheWaitWhatMayPass(String state, String message) {
        assertThat(new DatabaseRefusalAnalyzer().analyze(answer(state, message)))
                .isNull();
    }

    @Test
    void saysWhichPoolersItCannotWorkWith() {
        var analysis = new SharedServerConnectionsAnalyzer().analyze(new SharedServerConnectionsException());

        assertThat(Objects.requireNonNull(analysis).getAction()).contains("pool_mode=session");
    }
}
