package dev.deprovisioner.upstream.ratelimit;

import static dev.deprovisioner.upstream.ratelimit.SteppedDatabase.taken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.deprovisioner.database.DatabaseKind;
import dev.deprovisioner.testbed.Seed;
import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.Pause;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.dao.DataAccessException;

/** What processes that share a PostgreSQL take of one limit. */
@Tag("slow")
class PostgresBucketTest {

    private static final RateLimit LIMIT = new RateLimit(3000, Duration.ofMinutes(1), null);

    @RegisterExtension
    static final SteppedDatabase database = new SteppedDatabase();

    private final List<ProviderThrottle> throttle = new ArrayList<>();
    private final List<PostgresBucket> replicas =
            Stream.generate(() -> replica(database.connections())).limit(3).toList();

    private PostgresBucket replica(DataSource connections) {
        var own = new ProviderThrottle(database.clock(), LIMIT);
        throttle.add(own);
        return new PostgresBucket(connections, LIMIT, own);
    }

    @Test
    void grantNoMoreThanTheLimitTogether() throws Exception {
        replicas.get(0).take();
        database.pass(Duration.ofHours(1));
        long began = database.clock().nanos();
        long granted = 0;
        try (var threads = Executors.newFixedThreadPool(3)) {
            var all = replicas.stream()
                    .map(replica -> (Callable<Long>) () -> takenInHalfASecond(replica))
                    .toList();
            for (Future<Long> each : threads.invokeAll(all)) {
                granted += each.get();
            }
        }
        double filled = LIMIT.rate() * database.clock().since(began).toNanos() / 1e9;
        assertThat((double) granted).isBetween(295.0, LIMIT.capacity() + filled);
    }

    private static long takenInHalfASecond(PostgresBucket replica) {
        return IntStream.range(0, 500)
                .mapToLong(i -> {
                    database.pass(Duration.ofMillis(1));
                    return taken(replica, 1);
                })
                .sum();
    }

    @Test
    void noPeriodSeesMoreThanTheLimitAndABurst() {
        long seed = Seed.of("seed");
        var random = new Random(seed);
        var sent = new ArrayList<Duration>();
        for (int i = 0; i < 2000; i++) {
            if (replicas.get(random.nextInt(3)).take() == 0) {
                sent.add(Duration.ofNanos(database.clock().nanos()));
            } else {
                database.pass(Duration.ofMillis(random.nextInt(random.nextInt(20) == 0 ? 10_000 : 100)));
            }
        }
        var period = Duration.ofSeconds(5);
        assertThat(sent)
                .as("seed %d", seed)
                .hasSizeGreaterThan(500)
                .allSatisfy(from -> assertThat(sent.stream()
                                .filter(at -> at.compareTo(from) >= 0
                                        && at.minus(period).compareTo(from) < 0))
                        .hasSizeLessThanOrEqualTo((int) (LIMIT.capacity() + 5 * LIMIT.rate())));
    }

    @Test
    void aBucketThatIsNewHasNoPermits() {
        assertThat(taken(replicas.get(0), 100)).isZero();
    }

    @Test
    void aBucketIsFilledUpToTheBurst() {
        replicas.get(0).take();
        database.pass(Duration.ofHours(1));

        assertThat(taken(replicas.get(1), 400)).isEqualTo(295);
    }

    @Test
    void saysWhenTheNextPermitComes() {
        database.sql("UPDATE upstream_limit SET permits = 0.5, filled_at = clock_timestamp()");

        assertThat(replicas.get(0).take()).isEqualTo(Duration.ofMillis(10).toNanos());

        database.pass(Duration.ofMillis(11));
        assertThat(replicas.get(0).take()).isZero();
    }

    @Test
    void nothingIsGrantedWithoutTheDatabase() {
        var gone = database.moreConnections();
        var replica = replica(gone);
        replica.take();
        gone.close();

        assertThatThrownBy(replica::take).isInstanceOf(DataAccessException.class);
        replica.publish(new Pause(Duration.ofSeconds(1)));
    }

    @Test
    void nothingIsGrantedWhenItsRowIsGone() {
        database.sql("DELETE FROM upstream_limit");

        assertThatThrownBy(replicas.get(0)::take).isInstanceOf(DataAccessException.class);
    }

    @Test
    void goesOnWhenTheDatabasesClockHasGoneBack() {
        replicas.get(0).take();
        database.pass(Duration.ofSeconds(1));
        assertThat(replicas.get(0).take()).isZero();
        database.sql("UPDATE upstream_limit SET filled_at = clock_timestamp() + INTERVAL '1 hour'");

        assertThat(taken(replicas.get(1), 100)).isLessThanOrEqualTo(1);

        database.pass(Duration.ofSeconds(1));
        assertThat(replicas.get(1).take()).isZero();
    }

    @Test
    void isChosenByTheDatabase() throws SQLException {
        assertThat(DatabaseKind.of(database.connections())).isEqualTo(DatabaseKind.POSTGRESQL);
        try (var embedded = new HikariDataSource()) {
            embedded.setJdbcUrl("jdbc:h2:mem:limit");
            assertThat(DatabaseKind.of(embedded)).isEqualTo(DatabaseKind.H2);
        }
    }
}
