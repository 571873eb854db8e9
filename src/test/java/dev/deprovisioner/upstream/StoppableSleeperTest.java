package dev.deprovisioner.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** A stop of the service ends each sleep. */
class StoppableSleeperTest {

    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final AnnotationConfigApplicationContext service =
            new AnnotationConfigApplicationContext(StoppableSleeper.class);
    private final StoppableSleeper sleeper = service.getBean(StoppableSleeper.class);

    @Test
    void sleepsWhileTheServiceRuns() throws InterruptedException {
        sleeper.sleep(1);

        assertThat(service.isRunning()).isTrue();
    }

    @Test
    void wakesUpWhenTheServiceIsStoppedAndSleepsNoMore() {
        var asleep = CompletableFuture.runAsync(() -> {
            assertThatThrownBy(() -> sleeper.sleep(HOUR)).isInstanceOf(InterruptedException.class);
        });
        service.close();

        assertThat(asleep).succeedsWithin(Duration.ofSeconds(20));
        assertThatThrownBy(() -> sleeper.sleep(HOUR)).isInstanceOf(InterruptedException.class);
    }
}
