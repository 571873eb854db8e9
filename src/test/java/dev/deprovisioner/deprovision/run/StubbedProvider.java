package dev.deprovisioner.deprovision.run;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.scim.GroupsClient;
import dev.deprovisioner.scim.PriorEvidence;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service before a stubbed provider and receiver. */
@SpringBootTest(
        webEnvironment = WebEnvironment.NONE,
        properties = {
            "spring.main.lazy-initialization=true",
            "spring.datasource.url=jdbc:h2:mem:faults;DB_CLOSE_DELAY=-1",
            "spring.security.oauth2.resourceserver.jwt.jwk-set-uri=https://callers.invalid/jwks",
            "deprovisioner.upstream.client-id=client",
            "deprovisioner.upstream.client-secret=secret",
            "deprovisioner.upstream.rate-limit.requests=0",
            "deprovisioner.webhook.timeout=2s",
            "deprovisioner.webhook.secrets=" + StubbedProvider.WEBHOOK_SECRET
        })
public abstract class StubbedProvider extends SteppedService {

    protected static final String WEBHOOK_SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    protected static final String WEBHOOK = "/webhooks/genesys";
    protected static final WireMockServer provider = started();

    @Autowired
    private GroupsClient groups;

    private static WireMockServer started() {
        var server =
                new WireMockServer(wireMockConfig().bindAddress("127.0.0.1").dynamicPort());
        server.start();
        return server;
    }

    @DynamicPropertySource
    static void addresses(DynamicPropertyRegistry settings) {
        settings.add("deprovisioner.upstream.base-url", provider::baseUrl);
        settings.add("deprovisioner.upstream.token-uri", () -> provider.baseUrl() + "/oauth/token");
        settings.add("deprovisioner.webhook.url", () -> provider.baseUrl() + WEBHOOK);
    }

    @BeforeEach
    void healthyProvider() {
        provider.resetAll();
        provider.stubFor(post("/oauth/token").willReturn(okJson("""
                {"access_token":"t1","token_type":"bearer","expires_in":172000}""")));
        provider.stubFor(get(urlPathMatching("/api/v2/users/[^/]+/routing/profile"))
                .atPriority(10)
                .willReturn(okJson("""
                        {"id":"profile","active":true,"state":"active"}""")));
        if (isKnownToListMembers()) {
            listMember();
        }
        time.step(Duration.ofDays(2)); // ends each token, pause and deadline that another test left
        time.forgetWaits();
        provider.resetRequests();
    }

    /** Whether a read has shown a member under these settings. */
    protected boolean isKnownToListMembers() {
        return true;
    }

    private void listMember() {
        time.step(Duration.ofDays(2));
        var known = new GroupId("known");
        provider.stubFor(get(urlPathEqualTo(path(known))).willReturn(okJson("""
                {"id":"known","members":[{"value":"ann"}]}""")));
        groups.read(known, PriorEvidence.NONE);
    }

    /** There is no such group, in the form of SCIM. */
    protected static ResponseDefinitionBuilder noGroup(int status) {
        return jsonResponse("""
                {"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"%d","detail":"Not found"}""".formatted(status), status).withHeader("Content-Type", "application/scim+json");
    }

    protected static String path(GroupId group) {
        return "/api/v2/scim/groups/" + group;
    }

    private String path() {
        return path(group);
    }

    protected static String profile(String member) {
        return "/api/v2/users/" + member + "/routing/profile";
    }

    /** The group with these members, as the provider shows it. */
    protected ResponseDefinitionBuilder with(String... members) {
        var list = Arrays.stream(members).map("{\"value\":\"%s\"}"::formatted).collect(Collectors.joining(","));
        return okJson("""
                {"id":"%s","displayName":"Sales","members":[%s]}""".formatted(group, list));
    }

    protected void onRead(ResponseDefinitionBuilder... answers) {
        inTurn("read", () -> get(urlPathEqualTo(path())), answers);
    }

    protected void onPatch(ResponseDefinitionBuilder... answers) {
        inTurn("patch", () -> patch(urlEqualTo(path())), answers);
    }

    protected void onDelete(ResponseDefinitionBuilder... answers) {
        inTurn("delete", () -> delete(urlEqualTo(path())), answers);
    }

    protected void onProfile(String member, ResponseDefinitionBuilder... answers) {
        inTurn("profile of " + member, () -> get(urlEqualTo(profile(member))), answers);
    }

    /** Answers the requests in turn; the last answer stays. */
    protected static void inTurn(
            String scenario, Supplier<MappingBuilder> request, ResponseDefinitionBuilder... answers) {
        for (int i = 0; i < answers.length; i++) {
            var stub = request.get()
                    .inScenario(scenario)
                    .whenScenarioStateIs(state(i))
                    .willReturn(answers[i]);
            provider.stubFor(i + 1 < answers.length ? stub.willSetStateTo(state(i + 1)) : stub);
        }
    }

    private static String state(int answered) {
        return answered == 0 ? STARTED : "after " + answered;
    }

    public void assertSent(int reads, int patches, int deletes) {
        provider.verify(reads, getRequestedFor(urlPathEqualTo(path())));
        provider.verify(patches, patchRequestedFor(anyUrl()));
        provider.verify(deletes, deleteRequestedFor(anyUrl()));
    }

    public static void assertAsked(int requests) {
        provider.verify(requests, anyRequestedFor(anyUrl()));
    }
}
