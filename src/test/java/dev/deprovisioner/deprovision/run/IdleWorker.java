package dev.deprovisioner.deprovision.run;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;

import dev.deprovisioner.deprovision.Deprovisions;
import dev.deprovisioner.deprovision.StuckRunRelease;
import dev.deprovisioner.identifier.DeprovisionId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** A worker of runs that are not to be attempted. */
public final class IdleWorker {

    private final StepAttempt attempts = mock();
    private final AttemptRecorder recorder = mock();
    private final RunWorker worker;

    public IdleWorker(Deprovisions runs, StuckRunRelease release, InstantSource clock) {
        worker = new RunWorker(runs, mock(), attempts, recorder, mock(), release, mock(), clock);
    }

    public Optional<Instant> advance(DeprovisionId id) {
        return worker.advance(id, () -> Duration.ofSeconds(20));
    }

    public void assertNothingAttempted() {
        verifyNoInteractions(attempts, recorder);
    }
}
