package dev.deprovisioner.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A provider like Keycloak: it shows members on request, and only those that the client may view. */
class KeycloakTest extends ScimPreset {

    @Override
    StandIn standIn() {
        return Providers.keycloak(user -> true, time::instant);
    }

    @ParameterizedTest
    @MethodSource("documentedRequests")
    void takesTheFewestRequests(int members, int requests) {
        assertThat(requestsFor(members)).as("%s", sent()).isEqualTo(requests);
    }

    @Test
    void deletesAGroupThatTheUsersFilterShowsEmptyToo() {
        createGroup(0);
        provider().directory().create("other", members(1));

        assertDeleted(ended());

        assertThat(sent())
                .containsExactly(
                        "GET Groups",
                        "GET ServiceProviderConfig",
                        "GET Users",
                        "GET Users",
                        "DELETE Groups",
                        "GET Groups");
    }

    @Test
    void changesNothingIfTheClientMayViewNoMember() {
        serve(Providers.keycloak(user -> false, time::instant));
        createGroup(120);

        assertEnd(ended(), Status.BLOCKED, ProblemType.MEMBERS_NOT_VISIBLE);

        assertKept(120);
        assertThat(sent()).doesNotContain("PATCH Groups", "DELETE Groups");
    }

    /** No answer shows that there are more: docs/providers.md says what to grant. */
    @Test
    void takesMembersAlongWhomTheClientMayNotView() {
        serve(Providers.keycloak(user -> !user.equals("u3"), time::instant));
        createGroup(3);

        var end = ended();

        assertDeleted(end);
        assertThat(end.progress().membersTotal()).isEqualTo(2);
        assertThat(provider().directory().removedFrom(group.value())).isEqualTo(2);
    }

    /** The client may view users, but not the members of this group. */
    @Test
    void changesNothingIfTheUsersFilterShowsMembersThatTheGroupDoesNot() {
        createGroup(3);
        provider().groups().view(MemberView.never());

        assertEnd(ended(), Status.BLOCKED, ProblemType.MEMBERS_NOT_VISIBLE);

        assertKept(3);
    }

    @Test
    void isCheckedByAClientThatMayViewNoMember() {
        serve(Providers.keycloak(user -> false, time::instant));
        createGroup(3);

        assertThat(checked()).contains("members-not-listed WARNING deprovisioner.scim.members-source");
    }
}
