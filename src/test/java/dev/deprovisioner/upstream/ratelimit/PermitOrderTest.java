package dev.deprovisioner.upstream.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.CallerContext;
import dev.deprovisioner.testbed.SteppedTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who gets the next permit while the rate limit keeps all waiting. */
@Tag("slow")
class PermitOrderTest {

    private static final Caller OTHER = new Caller("other");
    private static final int PLACES = 8;

    private final Semaphore permits = new Semaphore(0);
    private final Queue<String> order = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> callersToldOf = new ConcurrentLinkedQueue<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SteppedTime time = new SteppedTime();
    private final Pacing pacing = new Pacing(
            PLACES,
            new RateLimiter() {
                @Override
                public long take(int callers) {
                    callersToldOf.add(callers);
                    return permits.tryAcquire() ? 0 : TimeUnit.MILLISECONDS.toNanos(1);
                }

                @Override
                public void publish(ThrottleSignal brake) {
                    // There is no other process.
                }
            },
            new ProviderThrottle(time, new RateLimit(60, Duration.ofMinutes(1), null)),
            time,
            millis -> {
                permits.acquire();
                permits.release();
            },
            meters);

    private Thread waiting(String name, QueueKey turn) {
        var thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                pacing.acquire(turn, Duration.ofMinutes(1), FixedToken.TOKEN);
                order.add(name);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> thread.getState() == Thread.State.WAITING);
        return thread;
    }

    @Test
    void callersTakeTurnsAndDecisionsGoBeforeQuestions() throws InterruptedException {
        var large = QueueKey.bulk(new BulkRead());
        var small = CallerContext.serving(OTHER, QueueKey::priority);
        var all = List.of(
                waiting("large 1", large),
                waiting("large 2", large),
                waiting("large 3", large),
                waiting("decision 1", QueueKey.priority()),
                waiting("decision 2", QueueKey.priority()),
                waiting("other's 1", small),
                waiting("other's 2", small));

        for (int given = 1; given <= all.size(); given++) {
            permits.release();
            int many = given;
            await().until(() -> order.size() == many);
        }

        for (var each : all) {
            each.join();
        }
        assertThat(order)
                .containsExactly("large 1", "decision 1", "other's 1", "decision 2", "other's 2", "large 2", "large 3");
    }

    @Test
    void atMostOnePermitLiesBetweenAReadAndTheChangeAfterIt() throws InterruptedException {
        var survey = QueueKey.bulk(new BulkRead());
        var all = List.of(
                waiting("question 1", survey),
                waiting("question 2", survey),
                waiting("other's", CallerContext.serving(OTHER, QueueKey::priority)),
                waiting("change", QueueKey.change()));

        for (int given = 1; given <= all.size(); given++) {
            permits.release();
            int many = given;
            await().until(() -> order.size() == many);
        }

        assertThat(order).startsWith("question 1", "change");
    }

    @Test
    void aTokenThatIsRefusedMeanwhileIsFetchedOutsideTheQueue() throws InterruptedException {
        var tokens = new ConcurrentLinkedQueue<>(List.of("old", "new"));
        var bearer = new Pacing.Bearer() {
            @Override
            public String token() {
                return Objects.requireNonNull(tokens.poll());
            }

            @Override
            public boolean isCurrent(String token) {
                return token.equals("new");
            }
        };
        permits.release();

        assertThat(pacing.acquire(QueueKey.change(), Duration.ofMinutes(1), bearer))
                .isEqualTo("new");
        assertThat(permits.availablePermits()).as("a single permit was taken").isZero();
        assertThat(callersToldOf).hasSize(1);
    }

    @Test
    void theLimitKnowsOfHowManyCallersThoseAreWhoWait() throws InterruptedException {
        var own = QueueKey.priority();
        waiting("decision", own);
        waiting("question", QueueKey.bulk(new BulkRead()));
        assertThat(callersToldOf).containsOnly(1);
        waiting("other's", CallerContext.serving(OTHER, QueueKey::priority));
        permits.release();
        await().until(() -> callersToldOf.contains(2));
    }

    @Test
    void aRequestThatWaitsForAPlaceDoesNotWaitForTheLimit() throws InterruptedException {
        permits.release(PLACES + 1);
        for (int i = 0; i < PLACES; i++) {
            pacing.acquire(QueueKey.priority(), Duration.ofMinutes(1), FixedToken.TOKEN);
        }
        var last = waiting("last", QueueKey.priority());
        time.step(Duration.ofSeconds(10));
        pacing.release();
        last.join();

        assertThat(order).containsExactly("last");
        assertThat(meters.get("upstream.pacing.wait").timer().totalTime(TimeUnit.SECONDS))
                .isZero();
    }
}
