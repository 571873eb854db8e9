package dev.deprovisioner.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.deprovisioner.testbed.ScimServer;
import dev.deprovisioner.testbed.ScimServer.Exchange;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups of scim-sdk-server, which accepts the tokens of Keycloak, with the preset {@code scim}. */
@Tag("interop")
class ScimSdkServerIT {

    private static final String READ = "?attributes=displayName,externalId,members,meta";

    private static ScimServer provider;
    private static RunningService service;

    @BeforeAll
    static void start(@TempDir Path directory) {
        var realm = Realm.shared();
        provider = ScimServer.startWithGroupsAt("/scim/v2/Groups", realm::accepts);
        var settings = RunningService.settings(realm, "sees-all");
        settings.put("deprovisioner.upstream.base-url", provider.baseUri() + "/scim/v2");
        // It has no users to search for: an empty list cannot be confirmed by a search.
        settings.put("deprovisioner.scim.members-visible-by", "provider");
        service = RunningService.start(directory, realm, settings);
    }

    @AfterAll
    static void stop() {
        service.close();
        provider.close();
    }

    @Test
    void removesTheMembersByNameAndThenTheGroup() {
        var group = provider.createGroup("Support", List.of("ann", "bob (2nd shift)"));

        var run = service.run(group);

        assertThat(RunningService.outcome(run)).isEqualTo("DELETED");
        assertThat(run.get("membersRemoved").asInt()).isEqualTo(2);
        assertThat(provider.statusOf(group)).isEqualTo(404);
        var path = "/scim/v2/Groups/" + group;
        assertThat(requestsFor(path))
                .extracting(Exchange::method, Exchange::path, Exchange::status)
                .containsExactly(
                        tuple("GET", path + READ, 200),
                        tuple("PATCH", path, 200),
                        tuple("GET", path + READ, 200),
                        tuple("DELETE", path, 204),
                        tuple("GET", path + READ, 404));
        assertThat(requestsFor(path).get(1).body())
                .contains("members[value eq \\\"ann\\\"]", "members[value eq \\\"bob (2nd shift)\\\"]");
    }

    @Test
    void sendsTheVersionThatItReadWithEachChange() {
        var group = provider.createGroup("Billing", List.of("ann"));

        service.run(group);

        assertThat(requestsFor("/scim/v2/Groups/" + group))
                .filteredOn(request -> !request.method().equals("GET"))
                .extracting(Exchange::ifMatch)
                .hasSize(2)
                .allMatch(etag -> etag.startsWith("W/"));
    }

    @Test
    void deletesAnEmptyGroup() {
        service.run(provider.createGroup("Shows members", List.of("ann")));
        var group = provider.createGroup("Empty", List.of());

        var run = service.run(group);

        assertThat(RunningService.outcome(run)).isEqualTo("DELETED");
        assertThat(requestsFor("/scim/v2/Groups/" + group))
                .extracting(Exchange::method)
                .doesNotContain("PATCH");
    }

    private static List<Exchange> requestsFor(String path) {
        return provider.journal().stream()
                .filter(request -> request.path().startsWith(path))
                .toList();
    }
}
