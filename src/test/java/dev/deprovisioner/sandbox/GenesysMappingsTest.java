package dev.deprovisioner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of the sandbox that has the shape of Genesys Cloud. */
class GenesysMappingsTest {

    private static final WireMockServer SURROUNDINGS = Sandbox.start(0);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String REMOVE_MEMBERS = """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"remove","path":"members"}]}""";

    @BeforeEach
    void bringTheGroupsBack() {
        SURROUNDINGS.resetScenarios();
    }

    @AfterAll
    static void stop() {
        CLIENT.close();
        SURROUNDINGS.stop();
    }

    @ParameterizedTest
    @CsvSource({"returns-desk, 3", "weekend-shift, 2", "vip-callers, 2", "new-starters, 1", "old-project, 0"})
    void bothInterfacesShowTheSameGroup(String group, int members) throws Exception {
        var scim = overScim("GET", group, "");

        assertThat(membersOf(scim.body())).hasSize(members);
        assertThat(scim.headers().firstValue("ETag")).hasValue(JsonPath.read(scim.body(), "$.meta.version"));
        assertThat(counted(group)).isEqualTo(members);
    }

    @Test
    void returnsDeskIsGoneAMomentAfterItsDeletion() throws Exception {
        assertThat(overScim("PATCH", "returns-desk", REMOVE_MEMBERS).statusCode())
                .isEqualTo(200);
        assertThat(inOwnApi("DELETE", "returns-desk").statusCode()).isEqualTo(202);

        assertThat(counted("returns-desk")).isZero();

        assertGone("returns-desk");
    }

    @Test
    void weekendShiftIsStillThereAfterItsFirstDeletion() throws Exception {
        overScim("PATCH", "weekend-shift", REMOVE_MEMBERS);
        assertThat(inOwnApi("DELETE", "weekend-shift").statusCode()).isEqualTo(202);

        assertThat(counted("weekend-shift")).isZero();
        assertThat(counted("weekend-shift")).isZero();

        assertThat(inOwnApi("DELETE", "weekend-shift").statusCode()).isEqualTo(202);
        assertGone("weekend-shift");
    }

    @Test
    void oldProjectIsDeletedAtOnce() throws Exception {
        inOwnApi("DELETE", "old-project");

        assertGone("old-project");
    }

    @Test
    void aQueueRefersToVipCallersAndToNoOtherGroup() throws Exception {
        var queues = send(request("/api/v2/routing/queues?pageSize=500&pageNumber=1"))
                .body();
        var total = send(request("/api/v2/routing/queues/divisionviews/all?pageSize=1"))
                .body();

        assertThat(JsonPath.<List<String>>read(queues, "$.entities[*].memberGroups[*].id"))
                .containsExactly("vip-callers");
        assertThat(JsonPath.<Integer>read(total, "$.total")).isEqualTo(JsonPath.<Integer>read(queues, "$.total"));
    }

    @ParameterizedTest
    @CsvSource({"new-starters, 1", "returns-desk, 0"})
    void aRuleFeedsNewStartersOnly(String group, int conditions) throws Exception {
        var rules = inOwnApi("GET", group + "/dynamicsettings").body();

        assertThat(JsonPath.<List<?>>read(rules, "$.query..field")).hasSize(conditions);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v2/architect/dependencytracking/consumingresources?id=returns-desk&objectType=GROUP",
                "/api/v2/architect/dependencytracking/build",
                "/api/v2/authorization/subjects/returns-desk",
                "/api/v2/authorization/policies/subject/returns-desk",
                "/api/v2/voicemail/groups/returns-desk/mailbox",
                "/api/v2/voicemail/groups/vip-callers/mailbox",
                "/api/v2/scim/v2/groups?count=1",
                "/api/v2/scim/v2/ServiceProviderConfig"
            })
    void everyReadThatTheServiceNeedsIsAnswered(String path) throws Exception {
        var answer = send(request(path));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("inin-ratelimit-allowed")).hasValue("300");
        assertThat(answer.headers().firstValue("inin-ratelimit-count")).hasValue("17");
        assertThat(answer.headers().firstValue("inin-ratelimit-reset")).hasValue("43");
    }

    @Test
    void aGroupIsNotDeletedOverScim() throws Exception {
        assertThat(overScim("DELETE", "old-project", "").statusCode()).isEqualTo(405);
    }

    @Test
    void aRemovalThatNamesAnOldVersionIsRefused() throws Exception {
        var refused = send(request("/api/v2/scim/v2/groups/returns-desk")
                .header("If-Match", "\"0\"")
                .method("PATCH", BodyPublishers.ofString(REMOVE_MEMBERS)));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("\"invalidVers\"");
        assertThat(counted("returns-desk")).isEqualTo(3);
    }

    private static void assertGone(String group) throws Exception {
        var scim = overScim("GET", group, "");
        var own = inOwnApi("GET", group);
        assertThat(scim.statusCode()).isEqualTo(404);
        assertThat(JsonPath.<String>read(scim.body(), "$.status")).isEqualTo("404");
        assertThat(own.statusCode()).isEqualTo(404);
        assertThat(JsonPath.<Integer>read(own.body(), "$.status")).isEqualTo(404);
        assertThat(JsonPath.<String>read(own.body(), "$.code")).isEqualTo("not.found");
    }

    private static int counted(String group) throws IOException, InterruptedException {
        return JsonPath.read(inOwnApi("GET", group).body(), "$.memberCount");
    }

    private static List<String> membersOf(String group) {
        return JsonPath.read(group, "$.members[*].value");
    }

    private static HttpResponse<String> overScim(String method, String id, String body)
            throws IOException, InterruptedException {
        return send(request("/api/v2/scim/v2/groups/" + id).method(method, BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> inOwnApi(String method, String path) throws IOException, InterruptedException {
        return send(request("/api/v2/groups/" + path).method(method, BodyPublishers.noBody()));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(SURROUNDINGS.baseUrl() + path))
                .header("Authorization", "Bearer sandbox-upstream-token");
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
