package dev.deprovisioner.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
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

    @Test
    void areNotTakenForAnEmptyGroupAlthoughAnotherGroupShowedIts() {
        var visible = realm.createGroup("visible", "ann");
        realm.letSeeMembersOf(visible);
        assertThat(RunningService.outcome(service.run(visible))).isEqualTo("DELETED");

        assertBlocked("still-hidden");
    }

    @Test
    void areLikeNoneInAllAnswersToAClientThatSeesOtherUsers() {
        realm.letSeeUser("cleo");
        var full = realm.createGroup("full", "ann", "bob");
        var empty = realm.createGroup("empty-one");

        assertThat(found("/Users?count=1")).isPositive();
        assertThat(answersAbout(full)).isEqualTo(answersAbout(empty)).containsExactly(0, 0);
    }

    /** How many members the group lists, and how many users a search for them finds. */
    private static List<Integer> answersAbout(String group) {
        var listed = realm.readOverScim("sees-strangers", "/Groups/" + group + "?attributes=members");
        return List.of(listed.path("members").size(), found("/Users?filter=groups.value+eq+%22" + group + "%22"));
    }

    private static int found(String path) {
        return realm.readOverScim("sees-strangers", path).get("totalResults").asInt();
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
