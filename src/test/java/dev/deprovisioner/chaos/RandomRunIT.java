package dev.deprovisioner.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.testbed.Postgres;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whatever goes wrong, and whenever the service is killed: it keeps its promises. */
class RandomRunIT {

    private static final Logger log = LoggerFactory.getLogger(RandomRunIT.class);

    /** Given to repeat a run; how its threads take turns is drawn anew. */
    private static final long SEED =
            Long.getLong("chaos.seed", ThreadLocalRandom.current().nextInt(1_000_000));

    private static final int RUNS = Integer.getInteger("chaos.runs", 20);
    private static final int KILLS = Math.max(2, RUNS / 25);
    private static final Map<String, String> TWO_A_BATCH =
            Map.of("deprovisioner.scim.member-removal", "filtered", "deprovisioner.scim.removal-batch-size", "2");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void onTheEmbeddedDatabase() {
        keepsItsPromises(Rig.embedded(directory), Map.of());
    }

    @Tag("chaos")
    @Test
    void inBatchesOnTheEmbeddedDatabase() {
        keepsItsPromises(Rig.embedded(directory), TWO_A_BATCH);
    }

    @Tag("chaos")
    @Test
    void inBatchesOnPostgres() {
        keepsItsPromises(Postgres.create().ownersUrl(), TWO_A_BATCH);
    }

    private void keepsItsPromises(String database, Map<String, String> settings) {
        log.info("Repeat this with -Dchaos.seed={} -Dchaos.runs={}", SEED, RUNS);
        try (var run = new RandomRun(directory, database, settings, SEED, RUNS, KILLS)) {
            assertThat(run.breaches()).as("with -Dchaos.seed=%s", SEED).isEmpty();
        }
    }
}
