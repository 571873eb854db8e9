package dev.deprovisioner.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.testbed.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stand-in of Genesys Cloud enforces what the provider documents. */
class GenesysStandInTest {

    private static final String REMOVE_ALL = """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"remove","path":"members"}]}""";

    private Instant now = Instant.EPOCH;
    private final GenesysCloud cloud = GenesysCloud.of(() -> now);

    @BeforeEach
    void createGroup() {
        cloud.standIn().directory().create("g", List.of("u1"));
    }

    private Answer send(String method, String path, String query, String ifMatch, String body) {
        var headers = Map.of(
                "user-agent",
                "test/1",
                "authorization",
                "Bearer " + Access.TOKEN,
                "accept",
                "application/json",
                "if-match",
                ifMatch);
        return cloud.standIn()
                .answer(new ProviderRequest(
                        method,
                        List.of(path.substring(1).split("/")),
                        ProviderRequest.parameters(query),
                        headers,
                        body));
    }

    private int status(String method, String path) {
        return send(method, path, "", "", "").status();
    }

    @ParameterizedTest
    @CsvSource({"DELETE, /g", "POST, ''"})
    void takesNoDeletionOrCreationOverScim(String method, String group) {
        assertThat(status(method, Providers.GENESYS_BASE + "/groups" + group)).isEqualTo(405);
    }

    @Test
    void refusesAnOldVersionWithInvalidVers() {
        var refused = send("PATCH", Providers.GENESYS_BASE + "/groups/g", "", "\"0\"", REMOVE_ALL);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("\"invalidVers\"");
        assertThat(send("PATCH", Providers.GENESYS_BASE + "/groups/g", "", "\"1\"", REMOVE_ALL)
                        .headers())
                .containsEntry("ETag", "\"2\"")
                .containsKey("ININ-Correlation-Id");
    }

    @Test
    void deletesLater() {
        assertThat(status("DELETE", "/api/v2/groups/g")).isEqualTo(202);

        assertThat(status("GET", "/api/v2/groups/g")).isEqualTo(200);
        now = now.plusSeconds(1);
        assertThat(send("GET", "/api/v2/groups/g", "", "", "").body()).contains("\"status\":404", "\"not.found\"");
        assertThat(status("GET", Providers.GENESYS_BASE + "/groups/g")).isEqualTo(404);
    }

    @Test
    void hasPagesOfAtMost500Queues() {
        cloud.references().queues(600);

        assertThat(send("GET", "/api/v2/routing/queues", "pageSize=501", "", "").status())
                .isEqualTo(400);
        assertThat(send("GET", "/api/v2/routing/queues", "pageSize=500&pageNumber=2", "", "")
                        .body())
                .contains("\"total\":601", "\"pageCount\":2", "\"q601\"")
                .doesNotContain("\"q500\"");
    }
}
