package dev.deprovisioner.deprovision.run;

import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.DeprovisionProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;

/** How long a run waits before it tries again what outlasted the quick tries: doubling, with jitter, to the deadline. */
@Component
class RunBackoff {

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int MAX_DOUBLINGS = 7;

    private final Duration deadline;
    private final RandomGenerator random;

    RunBackoff(DeprovisionProperties properties) {
        this.deadline = properties.deadline();
        this.random = () -> ThreadLocalRandom.current().nextLong();
    }

    /** @param notBefore how long the provider asks to be left alone */
    Instant after(Deprovision run, Duration notBefore, Instant now) {
        var full = FIRST.multipliedBy(1L << Math.clamp(run.timeline().attempt() - 1, 0, MAX_DOUBLINGS));
        var bound = Math.min(full.toMillis(), LONGEST.toMillis());
        var backoff = Duration.ofMillis(random.nextLong(bound / 2, bound + 1));
        return at(run, backoff.compareTo(notBefore) > 0 ? backoff : notBefore, now);
    }

    /** After exactly this pause, but not after the deadline, when the run is to be ended. */
    Instant at(Deprovision run, Duration pause, Instant now) {
        var next = now.plus(pause);
        var end = deadline(run, now);
        return next.isBefore(end) ? next : end;
    }

    boolean isOver(Deprovision run, Instant now) {
        return !now.isBefore(deadline(run, now));
    }

    private Instant deadline(Deprovision run, Instant now) {
        var started = run.timeline().startedAt();
        return (started == null ? now : started).plus(deadline);
    }
}
