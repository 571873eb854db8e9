package dev.deprovisioner.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members are shown nowhere, so no group is deleted without the operator's consent. */
class GoogleCloudIdentityTest extends GoogleCloudIdentity {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 500})
    void changesNothing(int members) {
        createGroup(members);

        var problem = assertEnd(ended(), Status.BLOCKED, ProblemType.MEMBERS_NOT_VISIBLE);

        assertThat(problem.remedy()).contains("deprovisioner.policy.unlisted-members");
        assertKept(members);
        assertThat(sent()).containsExactly("GET Groups");
    }

    @Test
    void isCheckedAsAProviderThatShowsMembersNowhere() {
        createGroup(3);

        assertThat(checked())
                .contains("features-shown", "members-not-listed WARNING deprovisioner.policy.unlisted-members");
    }
}
