package dev.deprovisioner.testbed;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.database.DatabaseClock;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.context.annotation.Primary;
import org.springframework.retry.backoff.Sleeper;

/** Every clock of a test, and its waiting: time passes only when the code under test waits or the test steps it. */
@Primary
public final class SteppedTime implements MonotonicClock, DatabaseClock, TimeMeter, Sleeper {

    private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");

    private final transient AtomicLong passed = new AtomicLong();
    private final transient List<Duration> waits = new CopyOnWriteArrayList<>();

    @Override
    public Instant instant() {
        return BEGIN.plusMillis(passed.get());
    }

    @Override
    public long nanos() {
        return TimeUnit.MILLISECONDS.toNanos(passed.get());
    }

    @Override
    public long currentTimeNanos() {
        return nanos();
    }

    @Override
    public boolean isWallClockBased() {
        return false;
    }

    @Override
    public void sleep(long millis) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (millis > 0) {
            waits.add(Duration.ofMillis(millis));
            passed.addAndGet(millis);
        }
    }

    /** Lets time pass without anybody waiting. */
    public void step(Duration time) {
        passed.addAndGet(time.toMillis());
    }

    /** Every wait so far, in order, those of no length left out. */
    public List<Duration> waits() {
        return List.copyOf(waits);
    }

    public void forgetWaits() {
        waits.clear();
    }
}
