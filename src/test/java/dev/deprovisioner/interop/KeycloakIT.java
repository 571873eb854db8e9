package dev.deprovisioner.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups of Keycloak, with the preset {@code scim} and a client that may see all members. */
@Tag("interop")
class KeycloakIT {

    private static Realm realm;
    private static RunningService service;

    @BeforeAll
    static void start(@TempDir Path directory) {
        realm = Realm.shared();
        service = RunningService.start(directory, realm, RunningService.settings(realm, "sees-all"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void removesTheMembersByNameAndThenTheGroup() {
        var group = realm.createGroup("support", "ann", "bob", "cleo");

        var run = service.run(group);

        assertThat(run.get("status").asString()).isEqualTo("SUCCEEDED");
        assertThat(RunningService.outcome(run)).isEqualTo("DELETED");
        assertThat(run.get("displayName").asString()).isEqualTo("support");
        assertThat(run.get("membersRemoved").asInt()).isEqualTo(3);
        assertThat(RunningService.requests(run)).containsExactly(1, 2, 2, 0);
        assertThat(realm.hasGroup(group)).isFalse();
        assertThat(realm.changesOverScim(group)).containsExactly("UPDATE", "DELETE");
        assertThat(realm.groupsOf("ann")).doesNotContain("support");
    }

    @Test
    void deletesAGroupThatASearchForUsersConfirmsAsEmpty() {
        var group = realm.createGroup("empty");

        var run = service.run(group);

        assertThat(RunningService.outcome(run)).isEqualTo("DELETED");
        assertThat(run.get("membersTotal").asInt()).isZero();
        assertThat(RunningService.requests(run)).containsExactly(4, 0, 2, 0);
        assertThat(realm.hasGroup(group)).isFalse();
        assertThat(realm.changesOverScim(group)).containsExactly("DELETE");
    }

    @Test
    void takesTheSubgroupsOfAGroupWithItAlthoughNoAnswerShowsThem() {
        var group = realm.createGroup("region", "ann");
        var subGroup = realm.createSubGroup(group, "town", "bob");

        var run = service.run(group);

        assertThat(RunningService.outcome(run)).isEqualTo("DELETED");
        assertThat(run.get("membersTotal").asInt()).isEqualTo(1);
        assertThat(realm.hasGroup(subGroup)).isFalse();
        assertThat(realm.groupsOf("bob")).doesNotContain("town");
        assertThat(realm.changesOverScim(subGroup)).isEmpty();
    }

    @Test
    void sendsARemovalForEveryHundredMembers() {
        var group = realm.createLargeGroup("large", 120);

        var run = service.run(group);

        assertThat(run.get("membersRemoved").asInt()).isEqualTo(120);
        assertThat(RunningService.requests(run)).containsExactly(1, 3, 2, 0);
        assertThat(realm.changesOverScim(group)).containsExactly("UPDATE", "UPDATE", "DELETE");
    }
}
