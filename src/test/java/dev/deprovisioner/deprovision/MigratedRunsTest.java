package dev.deprovisioner.deprovision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.deprovision.Step.State;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.testbed.EarlierData;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs of an earlier schema, one of every kind, are the same after its migration, and go on. */
@Tag("slow")
class MigratedRunsTest {

    private static final List<String> IN_ORDER = List.of(
            "succeeds",
            "absent",
            "blocked",
            "failed",
            "undeliverable",
            "pending",
            "succeeds-again",
            "succeeds-again",
            "scheduled",
            "cancelled",
            "waiting",
            "removing",
            "running",
            "late");

    private final DeprovisionRow row = new DeprovisionRow();

    private record Database(Deprovisions runs, DeprovisionHistory history) {

        List<Run> all() {
            return history.page(new RunFilter(null, null, null, null, null), null, 100, run -> true)
                    .items()
                    .reversed();
        }

        Deprovision latest(String group) {
            return (Deprovision) history.latest(new GroupId(group)).orElseThrow();
        }
    }

    private Database migrated(EarlierData data) {
        var template = new JdbcTemplate(data.migrated());
        var jdbc = JdbcClient.create(template);
        var runs = new Deprovisions(jdbc, row);
        return new Database(runs, new DeprovisionHistory(runs, new RunLists(jdbc, row), new Blockers(template)));
    }

    @ParameterizedTest
    @EnumSource
    void areListedInTheirOrder(EarlierData data) {
        var all = migrated(data).all();

        assertThat(all).extracting(run -> run.groupId().value()).isEqualTo(IN_ORDER);
        assertThat(all)
                .allSatisfy(run -> assertThat(run).isInstanceOf(Deprovision.class))
                .extracting(run -> run.recorded().status())
                .containsAll(List.of("SCHEDULED", "RUNNING", "WAITING", "SUCCEEDED", "BLOCKED", "FAILED", "CANCELLED"));
    }

    @ParameterizedTest
    @EnumSource
    void keepWhatTheyHaveFoundAndDone(EarlierData data) {
        var database = migrated(data);

        var blocked = database.latest("blocked");
        assertThat(blocked.verdict().blockers()).isEqualTo(3);
        assertThat(database.history().blockers(blocked, 0, 100))
                .extracting(Blocker::memberId)
                .containsExactlyInAnyOrder(
                        new MemberId("blocked-u1"), new MemberId("blocked-u2"), new MemberId("blocked-u3"));
        assertThat(database.history().blockers(blocked, 2, 100)).hasSize(1);
        var failed = database.latest("failed");
        assertThat(failed.membersRemoved()).isEqualTo(3);
        assertThat(failed.steps().of(Step.DELETE_GROUP).state()).isEqualTo(State.FAILED);
        assertThat(database.runs().findSnapshot(failed.id()).orElseThrow().ids())
                .hasSize(3);
        assertThat(database.latest("succeeds").request().onBehalfOf()).isEqualTo("ann");
    }

    @ParameterizedTest
    @EnumSource
    void holdTheirGroupsAndCanBeGoneOnWith(EarlierData data) {
        var database = migrated(data);

        var running = database.latest("running");
        assertThat(database.runs().holder(new GroupId("running"))).contains(running.id());
        assertThat(running.hasChangeIntent()).isTrue();
        assertThat(database.runs().save(running.started(Instant.now())).version())
                .isEqualTo(running.version() + 1);
        var next = Deprovision.requested(new GroupId("blocked"), running.request());
        database.runs().insert(next);
        assertThat(database.all().getLast().id()).isEqualTo(next.id());
        assertThat(database.latest("blocked").id()).isEqualTo(next.id());
    }
}
