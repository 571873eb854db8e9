package dev.deprovisioner.benchmark.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final long MILLISECOND = 1_000_000;

    private final TokenBucket bucket = new TokenBucket(50, 3);
    private final long start = System.nanoTime();

    @Test
    void allowsItsBurstAtOnceAndNoMore() {
        assertThat(taken(0, 5)).isEqualTo(3);
    }

    @Test
    void refillsOneTokenInTheTimeOfOne() {
        taken(0, 3);

        assertThat(taken(19 * MILLISECOND, 1)).isZero();
        assertThat(taken(40 * MILLISECOND, 5)).isEqualTo(2);
    }

    @Test
    void holdsNoMoreThanItsBurst() {
        taken(0, 3);

        assertThat(taken(3_600_000 * MILLISECOND, 5)).isEqualTo(3);
    }

    private long taken(long after, int requests) {
        return IntStream.range(0, requests)
                .filter(i -> bucket.take(start + after))
                .count();
    }
}
