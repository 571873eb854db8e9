package dev.deprovisioner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.jayway.jsonpath.JsonPath;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxMappingsTest {

    private static final WireMockServer SURROUNDINGS = Sandbox.start(0);
    private static final Path MAPPINGS = Path.of("src/test/resources/sandbox/mappings");
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
    @CsvSource({"support-tier-1, 3", "billing-escalations, 3", "all-agents, 501"})
    void isDeletedOnceItsMembersAreRemoved(String group, int members) throws Exception {
        String before = group("GET", group, "").body();
        assertThat(JsonPath.<String>read(before, "$.id")).isEqualTo(group);
        assertThat(membersOf(before)).hasSize(members).doesNotHaveDuplicates();
        assertThat(group("DELETE", group, "").statusCode()).isEqualTo(409);

        assertThat(group("PATCH", group, REMOVE_MEMBERS).statusCode()).isEqualTo(204);
        assertThat(membersOf(group("GET", group, "").body())).isEmpty();

        assertThat(group("DELETE", group, "").statusCode()).isEqualTo(204);
        assertThat(group("GET", group, "").statusCode()).isEqualTo(404);
    }

    @Test
    void nightShiftIsRateLimitedOnItsFirstRead() throws Exception {
        HttpResponse<String> first = group("GET", "night-shift", "");

        assertThat(first.statusCode()).isEqualTo(429);
        assertThat(first.headers().firstValue("Retry-After")).hasValue("2");
        isDeletedOnceItsMembersAreRemoved("night-shift", 2);
    }

    @Test
    void chatPilotIsGoneAlthoughTheAnswerIsLost() throws Exception {
        group("PATCH", "chat-pilot", REMOVE_MEMBERS);

        assertThatIOException().isThrownBy(() -> group("DELETE", "chat-pilot", ""));
        assertThat(group("GET", "chat-pilot", "").statusCode()).isEqualTo(404);
    }

    @Test
    void faxDeskLosesItsMembersAndIsNeverDeleted() throws Exception {
        assertThat(group("PATCH", "fax-desk", REMOVE_MEMBERS).statusCode()).isEqualTo(204);

        assertThat(group("DELETE", "fax-desk", "").statusCode()).isEqualTo(503);
        assertThat(membersOf(group("GET", "fax-desk", "").body())).isEmpty();
    }

    @Test
    void holidayCoverIsEmptyAndDeletedAtOnce() throws Exception {
        assertThat(membersOf(group("GET", "holiday-cover", "").body())).isEmpty();
        assertThat(group("DELETE", "holiday-cover", "").statusCode()).isEqualTo(204);
        assertThat(group("GET", "holiday-cover", "").statusCode()).isEqualTo(404);
    }

    @Test
    void theCollectionOfGroupsCanBeRead() throws Exception {
        var page = send(upstream("/api/v2/scim/groups?count=1"));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("application/scim+json");
        assertThat(JsonPath.<List<String>>read(page.body(), "$.Resources[*].id"))
                .containsExactly("all-agents");
    }

    @Test
    void anotherPatchIsRefusedAndRemovesNoMember() throws Exception {
        String another = REMOVE_MEMBERS.replace("members\"", "members\",\"value\":[]");

        assertThat(group("PATCH", "support-tier-1", another).statusCode()).isEqualTo(400);
        assertThat(membersOf(group("GET", "support-tier-1", "").body())).hasSize(3);
    }

    @Test
    void anUnknownGroupIsAScimError() throws Exception {
        HttpResponse<String> answer = group("GET", "unknown", "");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(JsonPath.<String>read(answer.body(), "$.status")).isEqualTo("404");
    }

    @ParameterizedTest
    @CsvSource({"user-2001, 200, active", "user-2002, 404, not.found", "user-2003, 200, inactive"})
    void billingEscalationsHasOneMissingAndOneInactiveProfile(String user, int status, String says) throws Exception {
        HttpResponse<String> profile = send(upstream("/api/v2/users/" + user + "/routing/profile"));

        assertThat(membersOf(group("GET", "billing-escalations", "").body())).contains(user);
        assertThat(profile.statusCode()).isEqualTo(status);
        assertThat(profile.body()).contains("\"" + says + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v2/scim/groups/support-tier-1", "/api/v2/users/user-1001/routing/profile"})
    void theUpstreamRefusesOtherTokens(String path) throws Exception {
        assertThat(send(request(path)).statusCode()).isEqualTo(401);
        assertThat(send(request(path).header("Authorization", "Bearer other")).statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"sandbox-client:sandbox-secret, 200", "sandbox-client:other, 401"})
    void theUpstreamTokenNeedsTheClientsSecret(String credentials, int status) throws Exception {
        String basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> answer = send(request("/oauth/token")
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials&scope=scim%3Agroup%3Aread")));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(status == 200 ? "sandbox-upstream-token" : "invalid_client");
    }

    @Test
    void theReceiverWantsTheStandardWebhooksHeaders() throws Exception {
        var webhook = request("/webhooks/genesys")
                .header("webhook-id", "msg_1")
                .header("webhook-timestamp", "1767225600")
                .POST(BodyPublishers.ofString("{}"));

        assertThat(send(webhook).statusCode()).isEqualTo(400);
        assertThat(send(webhook.header("webhook-signature", "v1,c2lnbmVk")).statusCode())
                .isEqualTo(204);
    }

    @Test
    void theCallersTokenIsSignedByThePublishedKey() throws Exception {
        var keys = JWKSet.parse(send(request("/callers/jwks")).body());
        var token = SignedJWT.parse(send(request("/callers/token")).body());
        var key = keys.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey();
        var claims = token.getJWTClaimsSet();

        assertThat(key.isPrivate()).isFalse();
        assertThat(token.verify(new RSASSAVerifier(key))).isTrue();
        assertThat(claims.getIssuer()).isEqualTo("https://sandbox.invalid");
        assertThat(claims.getAudience()).containsExactly("deprovisioner");
        assertThat(claims.getSubject()).isEqualTo("portal");
        assertThat(claims.getStringClaim("scope"))
                .isEqualTo(
                        "deprovision:read deprovision:write deprovision:approve audit:read webhook:manage upstream:read");
        assertThat(claims.getExpirationTime()).isAfter(Date.from(Instant.now()));
    }

    /** Reads the files: WireMock keeps only the last one of two mappings with the same id. */
    @Test
    void everyMappingHasANameAndAnIdOfItsOwn() throws Exception {
        var ids = new ArrayList<String>();
        var names = new ArrayList<String>();
        try (var files = Files.walk(MAPPINGS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                var mappings = JsonPath.parse(file.toFile());
                ids.addAll(mappings.read("$.mappings[*].id"));
                names.addAll(mappings.read("$.mappings[*].name"));
            }
        }

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(names).doesNotHaveDuplicates().hasSameSizeAs(ids);
        assertThat(SURROUNDINGS.getStubMappings())
                .extracting(mapping -> mapping.getId().toString())
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    private static List<String> membersOf(String group) {
        return JsonPath.read(group, "$.members[*].value");
    }

    private static HttpResponse<String> group(String method, String id, String body)
            throws IOException, InterruptedException {
        return send(upstream("/api/v2/scim/groups/" + id).method(method, BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder upstream(String path) {
        return request(path).header("Authorization", "Bearer sandbox-upstream-token");
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(SURROUNDINGS.baseUrl() + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
