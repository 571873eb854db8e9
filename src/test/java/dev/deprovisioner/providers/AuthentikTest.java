package dev.deprovisioner.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.problem.ProblemType;
import org.junit.jupiter.api.Test;

/** A provider like authentik answers 200 to removals by a filter, and removes no member. */
class AuthentikTest extends ScimPreset {

    @Override
    StandIn standIn() {
        return Providers.authentik(time::instant);
    }

    @Test
    void failsAndKeepsTheGroup() {
        createGroup(3);

        assertEnd(ended(), Status.FAILED, ProblemType.REMOVAL_NOT_EFFECTIVE);
        assertKept(3);
        assertThat(sent()).doesNotContain("DELETE Groups");
    }
}
