package dev.deprovisioner.providers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.test.context.TestPropertySource;

/** A provider like authentik takes removals by the members' values. */
@TestPropertySource(properties = "deprovisioner.scim.member-removal=VALUES")
class AuthentikValuesTest extends ScimPreset {

    @Override
    StandIn standIn() {
        return Providers.authentik(time::instant);
    }

    @ParameterizedTest
    @MethodSource("documentedRequests")
    void takesTheFewestRequests(int members, int requests) {
        assertThat(requestsFor(members)).as("%s", sent()).isEqualTo(requests);
    }
}
