package dev.deprovisioner.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.testbed.Postgres;
import dev.deprovisioner.testbed.Quirk;
import dev.deprovisioner.testbed.Seed;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service keeps its promises under random faults, and if it is killed at a random moment. The seed is the same in
 * every build; the Maven profile {@code chaos} sets the system property {@code chaos.random}, which has a seed drawn.
 */
@Execution(ExecutionMode.CONCURRENT)
class RandomRunIT {

    private static final Logger log = LoggerFactory.getLogger(RandomRunIT.class);

    /** Given to repeat a run; how its threads take turns is not repeated. */
    private static final long SEED = Seed.of("chaos.seed");

    private static final int RUNS = Integer.getInteger("chaos.runs", 5);
    private static final int KILLS = Math.max(2, RUNS / 25);
    private static final Map<String, String> TWO_A_BATCH =
            Map.of("deprovisioner.scim.member-removal", "filtered", "deprovisioner.scim.removal-batch-size", "2");

    private static final Map<String, String> UNLISTED_ALLOWED =
            Map.of("deprovisioner.policy.unlisted-members", "allow");
    private static final Map<String, String> A_THIRD_OF_THE_LIMIT = Map.of(
            "deprovisioner.upstream.rate-limit.requests", "200", "spring.datasource.hikari.maximum-pool-size", "25");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void onTheEmbeddedDatabase() {
        keepsItsPromises(Rig.embedded(directory), Map.of(), 1);
    }

    /** Every group looks empty, and none of them is: each run is blocked. */
    @Tag("chaos")
    @Test
    void onAProviderThatNeverListsMembers() {
        keepsItsPromises(Map.of(), Set.of(Quirk.NEVER_LISTS_MEMBERS));
    }

    @Tag("chaos")
    @Test
    void withUnlistedMembersAllowed() {
        keepsItsPromises(UNLISTED_ALLOWED, Set.of(Quirk.NEVER_LISTS_MEMBERS));
    }

    @Tag("chaos")
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEVER_LISTS_MEMBERS")
    void onAProviderWith(Quirk quirk) {
        keepsItsPromises(Map.of(), Set.of(quirk));
    }

    @Tag("chaos")
    @Test
    void inBatchesOnTheEmbeddedDatabase() {
        keepsItsPromises(Rig.embedded(directory), TWO_A_BATCH, 1);
    }

    @Tag("chaos")
    @Test
    void inBatchesOnPostgres() {
        keepsItsPromises(Postgres.create().ownersUrl(), TWO_A_BATCH, 1);
    }

    @Tag("chaos")
    @Test
    void onSeveralReplicas() {
        keepsItsPromises(Postgres.create().ownersUrl(), A_THIRD_OF_THE_LIMIT, 3);
    }

    private void keepsItsPromises(Map<String, String> settings, Set<Quirk> quirks) {
        log.info("Repeat this with -Dchaos.seed={} -Dchaos.runs={}", SEED, RUNS);
        int runs = RUNS / 4;
        try (var run = new RandomRun(directory, Rig.embedded(directory), settings, 1, SEED, runs, 1)) {
            run.setQuirks(quirks);
            assertThat(run.breaches()).as("with -Dchaos.seed=%s", SEED).isEmpty();
        }
    }

    private void keepsItsPromises(String database, Map<String, String> settings, int replicas) {
        log.info("Repeat this with -Dchaos.seed={} -Dchaos.runs={}", SEED, RUNS);
        try (var run = new RandomRun(directory, database, settings, replicas, SEED, RUNS, KILLS)) {
            assertThat(run.breaches()).as("with -Dchaos.seed=%s", SEED).isEmpty();
        }
    }
}
