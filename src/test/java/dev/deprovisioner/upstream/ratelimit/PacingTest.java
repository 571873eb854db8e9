package dev.deprovisioner.upstream.ratelimit;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deprovisioner.upstream.StubbedUpstream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.retry.backoff.Sleeper;

/** How many requests go out in which time. */
class PacingTest extends StubbedUpstream {

    private static final RateLimit THIRTY_A_MINUTE = new RateLimit(30, Duration.ofMinutes(1), null);

    private static final Duration QUIET = Duration.ofMinutes(1);

    @BeforeEach
    void fine() {
        answers(ok("fine"));
    }

    @Test
    void aTenthGoesOutAtOnceAndTheRestEvenly() {
        var paced = upstream(Duration.ofSeconds(10), 16, THIRTY_A_MINUTE);
        time.step(QUIET);

        for (int i = 0; i < 6; i++) {
            read(paced);
        }

        assertThat(time.waits()).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(2));
    }

    @Test
    void noMinuteSeesMoreThanATenthOverTheLimit() {
        var paced = upstream(Duration.ofSeconds(10), 16, THIRTY_A_MINUTE);
        time.step(QUIET);
        var sent = new ArrayList<Instant>();

        for (int i = 0; i < 80; i++) {
            read(paced);
            sent.add(time.instant());
        }

        requireTheLimit(sent);
    }

    @Test
    void noMinuteSeesMoreThanThatOverAnyNumberOfRestarts() {
        var sent = new ArrayList<Instant>();

        for (int start = 0; start < 10; start++) {
            var restarted = upstream(Duration.ofSeconds(10), 16, THIRTY_A_MINUTE);
            for (int i = 0; i < 6; i++) {
                read(restarted);
                sent.add(time.instant());
            }
        }

        requireTheLimit(sent);
    }

    private static void requireTheLimit(List<Instant> sent) {
        assertThat(sent)
                .allSatisfy(from -> assertThat(sent.stream()
                                .filter(at -> !at.isBefore(from) && at.isBefore(from.plus(Duration.ofMinutes(1)))))
                        .hasSizeLessThanOrEqualTo(33));
    }

    @Test
    void anOwnBurstIsHeld() {
        var paced = upstream(Duration.ofSeconds(10), 16, new RateLimit(30, Duration.ofMinutes(1), 1));
        time.step(QUIET);

        read(paced);
        read(paced);

        assertThat(time.waits()).containsExactly(Duration.ofSeconds(2));
    }

    @Test
    void writesAreCountedToo() {
        var paced = upstream(Duration.ofSeconds(10), 16, new RateLimit(30, Duration.ofMinutes(1), 1));
        time.step(QUIET);

        read(paced);
        write(paced);

        assertThat(time.waits()).containsExactly(Duration.ofSeconds(2));
    }

    @Test
    void withoutALimitNothingWaits() {
        for (int i = 0; i < 50; i++) {
            read();
        }

        assertThat(time.waits()).isEmpty();
    }

    @Test
    void aRequestThatWaitsForItsTurnWaitsForAPauseToo() throws Exception {
        answers(status(429).withHeader("Retry-After", "20").withFixedDelay(300), ok("fine"));
        Sleeper watched = millis -> {
            if (millis == 0) {
                return;
            }
            var quiet = await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(5));
            quiet.until(() -> received() == 1 || !time.waits().isEmpty());
            time.sleep(millis);
        };
        var oneAtATime = upstream(provider.baseUrl(), Duration.ofSeconds(10), 1, UNLIMITED, watched);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> read(oneAtATime));
            await().until(() -> received() == 1);
            var second = threads.submit(() -> read(oneAtATime));

            assertThat(List.of(first.get(), second.get())).containsOnly("fine");
        }
        assertThat(time.waits().getFirst()).isEqualTo(Duration.ofSeconds(20));
        thingsAsked(3);
    }

    @Test
    void noMoreRequestsAreInFlightThanAllowed() throws Exception {
        answers(ok("fine").withFixedDelay(500));
        var capped = upstream(Duration.ofSeconds(10), 3, UNLIMITED);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var reads = IntStream.range(0, 6)
                    .mapToObj(i -> threads.submit(() -> read(capped)))
                    .toList();
            for (var read : reads) {
                assertThat(read.get()).isEqualTo("fine");
            }
        }

        var sent = provider.findAll(anyRequestedFor(urlEqualTo(THING))).stream()
                .map(request -> request.getLoggedDate().toInstant())
                .sorted()
                .toList();
        assertThat(sent).hasSize(6);
        assertThat(Duration.between(sent.get(0), sent.get(3))).isGreaterThanOrEqualTo(Duration.ofMillis(450));
    }

    private static int received() {
        return provider.countRequestsMatching(anyRequestedFor(urlEqualTo(THING)).build())
                .getCount();
    }
}
