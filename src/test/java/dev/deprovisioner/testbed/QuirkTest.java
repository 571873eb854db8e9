package dev.deprovisioner.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A provider with a quirk shows it in its answers, and nowhere else: what it holds is what it should hold. */
class QuirkTest {

    private final ScimServer server = ScimServer.start("good"::equals);
    private final ScimClient client = new ScimClient(server.baseUri(), "good");
    private final String id = server.createGroup("Sales", List.of("ann", "bob"));

    @AfterEach
    void stop() {
        server.close();
    }

    private void set(Quirk quirk) {
        server.setQuirks(id, Set.of(quirk));
    }

    @Test
    void aFullGroupLooksEmpty() {
        set(Quirk.NEVER_LISTS_MEMBERS);

        assertThat(client.read(id).body()).contains("\"members\":[]", "\"displayName\":\"Sales\"");
        assertThat(server.membersOf(id)).containsExactly("ann", "bob");
    }

    @Test
    void aListIsShorterThanTheCountBesideIt() {
        set(Quirk.CUTS_MEMBER_LISTS);

        assertThat(client.read(id).body())
                .contains("\"ann\"", "\"totalResults\":2")
                .doesNotContain("\"bob\"");
        assertThat(server.membersOf(id)).containsExactly("ann", "bob");
    }

    @Test
    void aStaleVersionIsNoObstacle() {
        set(Quirk.IGNORES_VERSIONS);
        server.addMember(id, "eve");

        assertThat(client.patch(id, ScimClient.REMOVE_ALL, "W/\"0\"").statusCode())
                .isEqualTo(200);
        assertThat(server.membersOf(id)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ANSWERS_CHANGES_WITH_409, 409", "ANSWERS_CHANGES_WITH_412, 412", "ANSWERS_CHANGES_WITH_500, 500"})
    void aChangeIsMadeAndAnsweredWithAnError(Quirk quirk, int status) {
        set(quirk);

        assertThat(client.patch(id, ScimClient.REMOVE_ALL).statusCode()).isEqualTo(status);
        assertThat(server.membersOf(id)).isEmpty();
        assertThat(client.read(id).statusCode()).isEqualTo(200);
        assertThat(client.delete(id).statusCode()).isEqualTo(status);
        assertThat(server.statusOf(id)).isEqualTo(404);
    }

    @Test
    void otherGroupsDoNotHaveIt() {
        set(Quirk.NEVER_LISTS_MEMBERS);
        var other = server.createGroup("Support", List.of("eve"));

        assertThat(client.read(other).body()).contains("\"eve\"");
    }
}
