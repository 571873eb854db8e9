package dev.deprovisioner.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keycloak answers 200 to the removal of all members at once, and removes none. */
@Tag("interop")
class IgnoredRemovalIT {

    @Test
    void isNotTakenForARemoval(@TempDir Path directory) {
        var realm = Realm.shared();
        var group = realm.createGroup("ignored-removal", "ann", "bob");
        var settings = RunningService.settings(realm, "sees-all");
        settings.put("deprovisioner.scim.member-removal", "ALL");

        try (var service = RunningService.start(directory, realm, settings)) {
            var run = service.run(group);

            assertThat(RunningService.outcome(run)).isEqualTo("DELETED");
            assertThat(run.get("membersRemoved").asInt()).isEqualTo(2);
            assertThat(realm.changesOverScim(group)).containsExactly("UPDATE", "UPDATE", "DELETE");
        }
    }
}
