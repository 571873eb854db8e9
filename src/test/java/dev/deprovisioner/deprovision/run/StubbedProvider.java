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
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.deprovisioner.deprovision.Blocker;
import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.DeprovisionCommand;
import dev.deprovisioner.deprovision.DeprovisionHistory;
import dev.deprovisioner.deprovision.DeprovisionService;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.schedule.Lease;
import dev.deprovisioner.schedule.TaskQueue;
import dev.deprovisioner.scim.GroupsClient;
import dev.deprovisioner.scim.PriorEvidence;
import dev.deprovisioner.testbed.SteppedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** The service before a stubbed provider and receiver: nothing runs by itself, and time passes only when waited for. */
@SpringBootTest(
        properties = {
            "spring.datasource.url=jdbc:h2:mem:faults;DB_CLOSE_DELAY=-1",
            "spring.security.oauth2.resourceserver.jwt.jwk-set-uri=https://callers.invalid/jwks",
            "deprovisioner.upstream.client-id=client",
            "deprovisioner.upstream.client-secret=secret",
            "deprovisioner.upstream.rate-limit.requests=0",
            "deprovisioner.webhook.timeout=2s",
            "deprovisioner.webhook.secrets=" + StubbedProvider.WEBHOOK_SECRET
        })
@Import(SteppedTime.class)
@MockitoBean(name = "deprovisionQueue", types = TaskQueue.class)
@MockitoBean(name = "webhookQueue", types = TaskQueue.class)
@Execution(SAME_THREAD)
public abstract class StubbedProvider {

    protected static final String WEBHOOK_SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    protected static final String WEBHOOK = "/webhooks/genesys";
    protected static final WireMockServer provider = started();
    private static final AtomicInteger GROUPS = new AtomicInteger();

    /** Another one for each test, as they share the database. */
    protected final GroupId group = new GroupId("group-" + GROUPS.incrementAndGet());

    @Autowired
    protected SteppedTime time;

    @Autowired
    protected DeprovisionService deprovisioning;

    @Autowired
    protected DeprovisionHistory history;

    @Autowired
    protected JdbcClient jdbc;

    @Autowired
    private GroupsClient groups;

    @Autowired
    private RunWorker run;

    /** How long the run is this process's, at each moment of an attempt. */
    protected Lease lease = () -> Duration.ofSeconds(20);

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

    protected Deprovision requested() {
        return requested(group);
    }

    protected Deprovision requested(GroupId of) {
        var order = new DeprovisionCommand(new Caller("portal"), null, "closing", null, false, null);
        return (Deprovision) deprovisioning.request(of, order, run -> {});
    }

    /** Requests the run and makes its first attempt. */
    public Deprovision begun() {
        return attempted(requested());
    }

    /** Makes the next attempt as soon as its time has come. */
    public Deprovision goneOn() {
        var waiting = latest();
        var next = Objects.requireNonNull(waiting.timeline().nextAttemptAt());
        if (next.isAfter(time.instant())) {
            time.step(Duration.between(time.instant(), next));
        }
        return attempted(waiting);
    }

    /** Makes as many attempts as it takes. */
    protected Deprovision ended() {
        return ended(begun());
    }

    public Deprovision ended(Deprovision run) {
        var now = run;
        for (int attempts = 1; !now.isTerminal(); attempts++) {
            assertThat(attempts).as("attempts of a run that does not end").isLessThan(200);
            now = goneOn();
        }
        return now;
    }

    private Deprovision attempted(Deprovision before) {
        var next = advance(before);
        var after = latest();
        assertThat(next).isEqualTo(after.timeline().nextAttemptAt());
        return after;
    }

    /** Makes an attempt at once, and returns when the next one is due. */
    public @Nullable Instant advance(Deprovision due) {
        return run.advance(due.id(), lease).orElse(null);
    }

    protected Deprovision latest() {
        return (Deprovision) history.latest(group).orElseThrow();
    }

    public List<Blocker> blockers(Deprovision end) {
        return history.blockers(end, 0, 100);
    }

    /** How long the run will wait. */
    public Duration pause() {
        return Duration.between(
                time.instant(), Objects.requireNonNull(latest().timeline().nextAttemptAt()));
    }

    /** @return why it ended */
    public static Problem assertEnd(Deprovision end, Status status, ProblemType type) {
        assertThat(end.status()).isEqualTo(status);
        assertThat(end.timeline().finishedAt()).isNotNull();
        assertThat(end.timeline().nextAttemptAt()).isNull();
        var problem = Objects.requireNonNull(end.verdict().problem());
        assertThat(problem.type()).isEqualTo(type);
        return problem;
    }

    public static void assertParked(Deprovision waiting, Step step, ProblemType problem) {
        assertThat(waiting.status()).isEqualTo(Status.WAITING);
        assertThat(waiting.step()).isEqualTo(step);
        assertThat(waiting.timeline().finishedAt()).isNull();
        assertThat(Objects.requireNonNull(waiting.verdict().problem()).type()).isEqualTo(problem);
        assertThat(waiting.timeline().nextAttemptAt()).isNotNull();
    }

    public void assertSent(int reads, int patches, int deletes) {
        provider.verify(reads, getRequestedFor(urlPathEqualTo(path())));
        provider.verify(patches, patchRequestedFor(anyUrl()));
        provider.verify(deletes, deleteRequestedFor(anyUrl()));
    }

    public static void assertAsked(int requests) {
        provider.verify(requests, anyRequestedFor(anyUrl()));
    }

    /** What the audit trail says of the group, such as {@code VALIDATE SUCCESS}. */
    protected List<String> trail() {
        return jdbc.sql("SELECT action || ' ' || status FROM audit_entry WHERE group_id = ? ORDER BY id")
                .param(group.value())
                .query((row, number) -> row.getString(1))
                .list();
    }
}
