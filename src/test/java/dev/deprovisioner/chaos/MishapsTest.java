package dev.deprovisioner.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deprovisioner.chaos.Mishaps.Mishap;
import dev.deprovisioner.soak.Recording;
import dev.deprovisioner.soak.Recording.Mark;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class MishapsTest {

    private final Recording recording = new Recording(() -> 0);
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final CountDownLatch wrong = new CountDownLatch(1);

    private Mishap mishap(String what) {
        return Mishap.of(what, () -> done.add(what));
    }

    private Mishap untilStopped() {
        return new Mishap("long", wrong::countDown, Duration.ofDays(1), () -> done.add("mended"));
    }

    private Mishaps mishaps(List<Mishap> once, List<Mishap> cycle) {
        return new Mishaps(recording, Duration.ZERO, once, cycle).start();
    }

    @Test
    void mendsWhatIsWrongWhenItIsStopped() throws InterruptedException {
        var mishaps = mishaps(List.of(mishap("first")), List.of(mishap("second"), untilStopped()));
        wrong.await();

        mishaps.stop();
        mishaps.join();

        assertThat(done).containsExactly("first", "second", "mended");
        assertThat(recording.marks()).extracting(Mark::what).containsExactly("first", "second", "long");
    }

    @Test
    void beginsAgainWithTheCycleOnly() throws InterruptedException {
        var turns = new CountDownLatch(4);
        var counted = Mishap.of("cycle", turns::countDown);
        var mishaps = mishaps(List.of(mishap("first")), List.of(counted));
        turns.await();

        mishaps.stop();
        mishaps.join();

        assertThat(done).containsExactly("first");
    }

    @Test
    void saysAtTheEndThatOneFailed() throws InterruptedException {
        var mishaps = mishaps(List.of(), List.of(Mishap.of("broken", () -> {
            wrong.countDown();
            throw new IllegalStateException("cannot be killed");
        })));
        wrong.await();

        assertThatThrownBy(mishaps::join).hasStackTraceContaining("cannot be killed");
    }
}
