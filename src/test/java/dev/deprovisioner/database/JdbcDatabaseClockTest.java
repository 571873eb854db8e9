package dev.deprovisioner.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.testbed.SteppedTime;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** No process takes the time for later than it is: that would cut leases and pauses short. */
class JdbcDatabaseClockTest {

    private static final Duration LONG = Duration.ofSeconds(5);

    private final SteppedTime monotonic = new SteppedTime();
    private Duration toConnect = Duration.ZERO;
    private Duration toAnswer = Duration.ZERO;
    private String product = "PostgreSQL";

    private final DatabaseClock time = new JdbcDatabaseClock(new SlowDatabase(), monotonic);

    private final class SlowDatabase extends DelegatingDataSource {

        SlowDatabase() {
            super(embedded());
        }

        @Override
        public Connection getConnection() throws SQLException {
            monotonic.step(toConnect);
            var connection = super.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("createStatement")) {
                            monotonic.step(toAnswer);
                        }
                        return method.getName().equals("getMetaData")
                                ? described()
                                : method.invoke(connection, arguments);
                    });
        }

        private DatabaseMetaData described() {
            return (DatabaseMetaData) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {DatabaseMetaData.class},
                    (proxy, method, arguments) -> product);
        }
    }

    private static JdbcDataSource embedded() {
        var database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:time");
        return database;
    }

    @Test
    void goesOnByTheMonotonicClock() {
        var first = time.instant();

        monotonic.step(Duration.ofSeconds(50));

        assertThat(time.instant()).isEqualTo(first.plusSeconds(50));
    }

    @Test
    void isReadAgainAfterAMinute() {
        var _ = time.instant();

        monotonic.step(Duration.ofMinutes(2));

        assertThat(time.instant()).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void doesNotCountTheWaitForAConnection() {
        toConnect = LONG;

        assertThat(time.instant()).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void keepsNoReadingThatTookLong() {
        var first = time.instant();
        toAnswer = LONG;
        monotonic.step(Duration.ofMinutes(2));

        assertThat(time.instant()).isEqualTo(first.plus(Duration.ofMinutes(2)).plus(LONG));
        toAnswer = Duration.ZERO;
        monotonic.step(LONG);
        assertThat(time.instant()).as("soon after it can be read").isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void followsADatabaseThatIsSetBackButNotItsOwnMachine() {
        product = "H2";
        var first = time.instant();

        // Seen from the monotonic clock, the machine's is now two minutes behind.
        monotonic.step(Duration.ofMinutes(2));
        assertThat(time.instant()).isEqualTo(first.plus(Duration.ofMinutes(2)));

        product = "PostgreSQL";
        monotonic.step(LONG);
        assertThat(time.instant()).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void isInWholeMilliseconds() {
        var now = time.instant();

        assertThat(now).isEqualTo(now.truncatedTo(ChronoUnit.MILLIS));
    }

    @Test
    void isReadOnceMoreIfTheFirstReadingTookLong() {
        toAnswer = LONG;
        var _ = time.instant();
        toAnswer = Duration.ZERO;

        assertThat(time.instant()).isBeforeOrEqualTo(Instant.now());
    }
}
