package dev.deprovisioner.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A tenant whose users filter has shown no member yet. */
@ActiveProfiles("entra")
class NewTenantTest extends PresetTest {

    @DynamicPropertySource
    static void address(DynamicPropertyRegistry settings) {
        settings.add("deprovisioner.upstream.base-url", () -> server.uri() + "/new" + Providers.ENTRA_BASE);
        settings.add("deprovisioner.upstream.token-uri", () -> server.uri() + Providers.ENTRA_TOKEN);
    }

    @Override
    StandIn standIn() {
        return Providers.entra("/new" + Providers.ENTRA_BASE, time::instant);
    }

    /** A check that shows a member of any group is enough. */
    @Test
    void neverTakesAFullGroupForAnEmptyOneUntilTheFilterHasShownAMember() {
        createGroup(3);
        provider().users().visible(user -> false);

        assertEnd(ended(), Status.BLOCKED, ProblemType.MEMBERS_NOT_VISIBLE);
        assertThat(checked()).contains("members-not-listed WARNING deprovisioner.scim.members-source");

        assertKept(3);
        provider().users().visible(user -> true);
        assertThat(checked()).contains("members-listed");
        createGroup(0);
        assertDeleted(ended());
    }
}
