package dev.deprovisioner.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.testbed.ScriptedProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a provider says about its own API, and where that is asked for. */
class DiscoveryTest {

    private static final GroupId NONE = new GroupId("none");

    private final ScriptedProvider provider = new ScriptedProvider();

    private static ScimProperties properties(String path, @Nullable String nativePath) {
        return GroupReadSettings.of(path, null, "/Users", nativePath);
    }

    private Discovery discovery(String path) {
        return new Discovery(provider.upstream, properties(path, null));
    }

    private GroupReads reads(@Nullable String nativePath) {
        return new GroupReads(
                provider.upstream,
                provider.identity,
                properties("/Groups/{groupId}", nativePath),
                mock(MemberListing.class));
    }

    @Test
    void readsFeatures() {
        provider.answers("/scim/v2/ServiceProviderConfig", Answers.json(200, """
                {"patch":{"supported":true},"Filter":{"supported":true},"etag":{"supported":false}}"""));

        assertThat(discovery("/scim/v2/Groups/{groupId}").features())
                .isEqualTo(new Discovered.Shown<>(new ProviderFeatures(true, true, false)));
    }

    @Test
    void readsWhenMembersAreReturned() {
        provider.answers("/api/v2/scim/v2/schemas", Answers.json(200, """
                {"Resources":[{"id":"urn:ietf:params:scim:schemas:core:2.0:User","attributes":[
                {"name":"members","returned":"always"}]},{"id":"urn:ietf:params:scim:schemas:core:2.0:Group",
                "attributes":[{"name":"displayName","returned":"default"},{"name":"members","returned":"Request"}]}]}"""));

        assertThat(discovery("/api/v2/scim/v2/groups/{groupId}").membersReturned())
                .isEqualTo(new Discovered.Shown<>("request"));
    }

    @Test
    void takesLowerCaseFromTheNameOfTheCollection() {
        provider.answers("/api/v2/scim/v2/serviceproviderconfig", Answers.json(404, "{}"));

        assertThat(discovery("/api/v2/scim/v2/groups/{groupId}").features())
                .isEqualTo(new Discovered.NotShown<>("HTTP 404"));
        assertThat(provider.sent()).containsExactly("GET /api/v2/scim/v2/serviceproviderconfig");
    }

    @Test
    void knowsNoPathsIfThatOfAGroupHasAnotherForm() {
        var discovery = discovery("/groups/{groupId}/scim");

        assertThat(discovery.features()).isInstanceOf(Discovered.NotShown.class);
        assertThat(discovery.collection()).isInstanceOf(Discovered.NotShown.class);
        assertThat(provider.sent()).isEmpty();
    }

    @Test
    void knowsWhetherTheCollectionCanBeRead() {
        provider.answers(
                "/Groups?count=1",
                Answers.json(200, ""),
                Answers.of(200, "text/html", ""),
                Answers.json(404, ""),
                Answers.json(403, ""));
        var discovery = discovery("/Groups/{groupId}");

        assertThat(discovery.collection()).isInstanceOf(Discovered.Shown.class);
        assertThat(discovery.collection()).isEqualTo(new Discovered.NotShown<>("HTTP 200"));
        assertThat(discovery.collection()).isEqualTo(new Discovered.NotShown<>("HTTP 404"));
        assertThatThrownBy(discovery::collection)
                .isInstanceOf(Fault.class)
                .hasMessageContaining("the permission to list groups");
    }

    @Test
    void recognisesAnAbsenceByItsFirstAnswer() {
        provider.answers("/Groups/none", Answers.gone(), Answers.of(404, "text/html", "no route"));

        assertThat(reads(null).doubtOfAbsence(NONE)).isEmpty();
        assertThat(reads(null).doubtOfAbsence(NONE)).isPresent();
        assertThat(provider.sent()).hasSize(2);
    }

    @Test
    void recognisesAnAbsenceOnlyIfTheOwnApiSaysTheSame() {
        provider.answers("/Groups/none", Answers.gone());
        provider.answers("/native/none", Answers.gone(), Answers.of(404, "text/html", "no route"));

        assertThat(reads("/native/{groupId}").doubtOfAbsence(NONE)).isEmpty();
        assertThat(reads("/native/{groupId}").doubtOfAbsence(NONE)).isPresent();
    }

    @Test
    void recognisesNoAbsenceIfAGroupIsShown() {
        provider.answers("/Groups/none", Answers.json(200, "{\"id\":\"none\"}"));

        assertThatThrownBy(() -> reads(null).doubtOfAbsence(NONE)).isInstanceOf(Fault.class);
    }
}
