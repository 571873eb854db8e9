package dev.deprovisioner.upstream.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.testbed.SteppedTime;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is in a bucket of which a window of the provider is a part. */
class BucketShapeTest {

    private static final BucketShape OWN = new BucketShape(1000, Duration.ofSeconds(1), 100);
    private static final Duration WINDOW = Duration.ofSeconds(20);

    private final SteppedTime time = new SteppedTime();
    private final Bucket bucket = Bucket.builder()
            .withCustomTimePrecision(time)
            .addLimit(OWN.configuration(null).getBandwidths()[0])
            .build();

    private void window(long left) {
        time.step(Duration.ofSeconds(1));
        var window = new QuotaWindow(left, time.currentTimeNanos() + WINDOW.toNanos());
        bucket.replaceConfiguration(OWN.configuration(window), TokensInheritanceStrategy.AS_IS);
    }

    @Test
    void itIsRefilledByNothingButItsEnd() {
        window(3);
        assertThat(bucket.tryConsumeAsMuchAsPossible(8)).isEqualTo(3);

        time.step(WINDOW.minusMillis(1));
        assertThat(bucket.tryConsumeAsMuchAsPossible(8)).isZero();

        time.step(Duration.ofMillis(1));
        assertThat(bucket.tryConsumeAsMuchAsPossible(8)).isPositive();
    }

    /** The one who comes may not know of it; the version before this waits until all is full again. */
    @Test
    void afterItsEndItStopsNoRequest() {
        window(3);
        bucket.tryConsumeAsMuchAsPossible(3);
        time.step(WINDOW.plusMillis(500));

        var taken = bucket.asVerbose().tryConsumeAsMuchAsPossible(8);

        assertThat(Duration.ofNanos(taken.getDiagnostics().calculateFullRefillingTime()))
                .isLessThan(Duration.ofSeconds(1));
        assertThat(Duration.ofNanos(PermitGrant.of(taken).nanosToNext())).isLessThan(Duration.ofSeconds(1));
    }
}
