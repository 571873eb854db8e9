package dev.deprovisioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.deprovisioner.testbed.ProductionClasses;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.scheduling.annotation.Scheduled;

/** What is done now and then: gauges, sealing, retention, the answers to waiting callers. */
class ScheduledTasksTest {

    /** The method of a queue is there for each of the two queues. */
    private static final int SECOND_QUEUE = 1;

    @Test
    void thereIsAThreadForEach() {
        long methods = ProductionClasses.ALL.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(Scheduled.class))
                .count();

        assertThat(methods + SECOND_QUEUE).isBetween(10L, (long) ScheduledTasks.THREADS);
    }

    @Test
    void oneThatHangsDelaysNoOtherOne() throws InterruptedException {
        var hanging = new CountDownLatch(1);
        var others = new CountDownLatch(3);
        var scheduler = new ScheduledTasks().taskScheduler();
        scheduler.initialize();
        try {
            var first = scheduler.scheduleWithFixedDelay(
                    () -> assertThatCode(hanging::await).doesNotThrowAnyException(), Duration.ofMillis(1));
            var second = scheduler.scheduleWithFixedDelay(others::countDown, Duration.ofMillis(1));

            assertThat(others.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(first.isDone() || second.isDone()).isFalse();
        } finally {
            hanging.countDown();
            scheduler.shutdown();
        }
    }
}
