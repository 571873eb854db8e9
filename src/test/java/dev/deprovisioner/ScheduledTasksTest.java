package dev.deprovisioner;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** A query that hangs in one scheduled task holds up no other task. */
class ScheduledTasksTest {

    private static final Duration MOMENT = Duration.ofMillis(1);

    private final ThreadPoolTaskScheduler scheduler = DeprovisionerApplication.taskScheduler();

    @AfterEach
    void close() {
        scheduler.shutdown();
    }

    @Test
    void oneThatHangsHoldsUpNoOther() throws InterruptedException {
        var hangs = new CountDownLatch(DeprovisionerApplication.SCHEDULED_TASKS - 1);
        var others = new CountDownLatch(3);
        scheduler.initialize();

        for (long task = hangs.getCount(); task > 0; task--) {
            var _ = scheduler.scheduleWithFixedDelay(() -> hang(hangs), MOMENT);
        }
        assertThat(hangs.await(10, SECONDS)).isTrue();
        var _ = scheduler.scheduleWithFixedDelay(others::countDown, MOMENT);

        assertThat(others.await(10, SECONDS)).isTrue();
    }

    private static void hang(CountDownLatch begun) {
        begun.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void thereIsAThreadForEach() {
        var scheduled = new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests()).importPackagesOf(DeprovisionerApplication.class).stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(ScheduledTasksTest::isScheduled);
        assertThat(scheduled).hasSizeBetween(5, DeprovisionerApplication.SCHEDULED_TASKS);
    }

    private static boolean isScheduled(JavaMethod method) {
        return method.isAnnotatedWith(Scheduled.class);
    }
}
