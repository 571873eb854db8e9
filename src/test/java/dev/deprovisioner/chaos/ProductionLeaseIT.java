package dev.deprovisioner.chaos;

import static java.time.Duration.ofSeconds;

import dev.deprovisioner.schedule.LeaseTiming;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** With the leases that a service has by itself. */
@Tag("chaos")
@Isolated("Measures times")
class ProductionLeaseIT extends Replicas {

    ProductionLeaseIT(@TempDir Path directory) {
        super(directory, LeaseTiming.PRODUCTION, ofSeconds(10));
    }
}
