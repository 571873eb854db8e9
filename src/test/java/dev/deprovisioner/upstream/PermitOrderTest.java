package dev.deprovisioner.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deprovisioner.testbed.SteppedTime;
import dev.deprovisioner.upstream.UpstreamProperties.RateLimit;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who gets the next permit while the rate limit keeps all waiting. */
class PermitOrderTest {

    private final Semaphore permits = new Semaphore(0);
    private final Queue<String> order = new ConcurrentLinkedQueue<>();
    private final SteppedTime time = new SteppedTime();
    private final Pacing pacing = new Pacing(
            new Limit() {
                @Override
                public long take(int waiting) {
                    return permits.tryAcquire() ? 0 : TimeUnit.MILLISECONDS.toNanos(1);
                }

                @Override
                public void tell(Brake brake) {
                    // There is nobody else.
                }
            },
            new Brakes(time, new RateLimit(60, Duration.ofMinutes(1), null)),
            time,
            millis -> {
                permits.acquire();
                permits.release();
            },
            new SimpleMeterRegistry());

    private Thread waiting(String name, @Nullable Survey survey) {
        var thread = new Thread(() -> {
            try {
                pacing.acquire(survey, Duration.ofMinutes(1));
                order.add(name);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        await().until(() -> thread.getState() == Thread.State.WAITING);
        return thread;
    }

    @Test
    void decisionsGoBeforeQuestionsAndSurveysTakeTurns() throws InterruptedException {
        var large = new Survey();
        var small = new Survey();
        var all = List.of(
                waiting("large 1", large),
                waiting("large 2", large),
                waiting("large 3", large),
                waiting("small 1", small),
                waiting("decision", null));

        for (int given = 1; given <= all.size(); given++) {
            permits.release();
            int many = given;
            await().until(() -> order.size() == many);
        }

        for (var each : all) {
            each.join();
        }
        assertThat(order).containsExactly("large 1", "decision", "large 2", "small 1", "large 3");
    }
}
