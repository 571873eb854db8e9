package dev.deprovisioner.chaos;

import static java.time.Duration.ofSeconds;

import dev.deprovisioner.chaos.witness.ShortLease;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** With leases of 8 s, so that little time is spent waiting for their end. */
@Execution(ExecutionMode.CONCURRENT)
class ReplicasIT extends Replicas {

    ReplicasIT(@TempDir Path directory) {
        super(directory, ShortLease.of(ofSeconds(2)), ofSeconds(5));
    }
}
