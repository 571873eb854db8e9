package dev.deprovisioner.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.benchmark.ProviderProcess.Exchange;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TwoReplicasTest {

    private static final long SECOND = 1_000_000_000;

    /** The monotonic clock may be negative. */
    private static final long BEGIN = -1_500_000_000;

    @Test
    void secondsWithoutRequestsCount() {
        var shares = TwoReplicas.shares(requests(BEGIN, LimitedRate.RATE), BEGIN, 4);

        assertThat(shares.values()).containsExactly(1.0, 0.0, 0.0, 0.0);
        assertThat(shares.mean()).isEqualTo(0.25);
    }

    @Test
    void requestsBeforeAndAfterDoNotCount() {
        assertThat(TwoReplicas.shares(requests(BEGIN - 2 * SECOND, 5 * LimitedRate.RATE), BEGIN, 2)
                        .values())
                .containsExactly(1.0, 1.0);
    }

    /** As many in a second as the limit allows. */
    private static List<Exchange> requests(long first, int number) {
        return LongStream.range(0, number)
                .mapToObj(i -> new Exchange(first + i * SECOND / LimitedRate.RATE, 1, "GET", 200))
                .toList();
    }
}
