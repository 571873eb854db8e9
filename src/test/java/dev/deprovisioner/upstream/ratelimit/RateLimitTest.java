package dev.deprovisioner.upstream.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    @Test
    void letsATenthOfTheRequestsThroughAtOnceUnlessABurstIsSet() {
        assertThat(new RateLimit(300, Duration.ofMinutes(1), null).capacity()).isEqualTo(30);
        assertThat(new RateLimit(300, Duration.ofMinutes(1), 7).capacity()).isEqualTo(7);
    }
}
