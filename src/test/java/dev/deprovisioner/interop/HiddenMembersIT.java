package dev.deprovisioner.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups of Keycloak, with a client that may delete every group, and may not see the members of every group. */
@Tag("interop")
class HiddenMembersIT {

    private static Realm realm;
    private static RunningService service;

    @BeforeAll
    static void start(@TempDir Path directory) {
        realm = Realm.shared();
        var settings = RunningService.settings(realm, "sees-some");
        service = RunningService.start(directory, realm, settings);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void areNotTakenForAnEmptyGroup() {
        assertBlocked("hidden");
    }

    private static void assertBlocked(String name) {
        var group = realm.createGroup(name, "ann", "bob");

        var run = service.run(group);

        assertThat(run.get("status").asString()).isEqualTo("BLOCKED");
        assertThat(run.at("/problem/type").asString()).isEqualTo("/problems/members-not-visible");
        assertThat(realm.membersOf(group)).containsExactlyInAnyOrder("ann", "bob");
        assertThat(realm.changesOverScim(group)).isEmpty();
    }
}
