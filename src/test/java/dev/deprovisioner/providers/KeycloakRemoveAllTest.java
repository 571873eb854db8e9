package dev.deprovisioner.providers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** A provider like Keycloak answers 200 to the removal of all members, and removes no member. */
@TestPropertySource(properties = "deprovisioner.scim.member-removal=ALL")
class KeycloakRemoveAllTest extends ScimPreset {

    @Override
    StandIn standIn() {
        return Providers.keycloak(user -> true, time::instant);
    }

    @Test
    void namesEachMemberAfterTheSettleTime() {
        createGroup(120);

        assertDeleted(ended());

        assertThat(provider().directory().removedFrom(group.value())).isEqualTo(120);
        assertThat(Collections.frequency(sent(), "PATCH Groups")).isEqualTo(3);
    }
}
