package dev.deprovisioner.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.problem.ProblemType;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** A provider like GitLab queues removals: a read shows them late. */
class GitLabTest extends ScimPreset {

    @Override
    StandIn standIn() {
        return Providers.gitLab(Duration.ofSeconds(10), time::instant);
    }

    @Test
    void waitsUntilTheRemovalShows() {
        createGroup(3);

        assertDeleted(ended());

        assertThat(provider().directory().removedFrom(group.value())).isEqualTo(3);
        assertThat(Collections.frequency(sent(), "PATCH Groups")).isOne();
    }

    @Test
    void failsAndKeepsTheGroupIfTheRemovalShowsAfterTheSettleTimeOfBothRounds() {
        serve(Providers.gitLab(Duration.ofHours(1), time::instant));
        createGroup(3);

        assertEnd(ended(), Status.FAILED, ProblemType.REMOVAL_NOT_EFFECTIVE);

        assertKept(3);
        assertThat(sent()).doesNotContain("DELETE Groups");
    }
}
