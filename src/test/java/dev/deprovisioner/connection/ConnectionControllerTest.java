package dev.deprovisioner.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;

import dev.deprovisioner.dependency.CheckTrial;
import dev.deprovisioner.dependency.Trials;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.CallerContext;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.policy.MemberLimit;
import dev.deprovisioner.policy.UnlistedMembers;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.problem.MemberProblems;
import dev.deprovisioner.problem.UpstreamProblems;
import dev.deprovisioner.scim.Discovered;
import dev.deprovisioner.scim.Discovery;
import dev.deprovisioner.scim.GroupEvidence;
import dev.deprovisioner.scim.GroupsClient;
import dev.deprovisioner.scim.MemberEvidence;
import dev.deprovisioner.scim.ProviderFeatures;
import dev.deprovisioner.scim.ScimGroup;
import dev.deprovisioner.testbed.SteppedTime;
import dev.deprovisioner.upstream.ProviderIdentity;
import dev.deprovisioner.upstream.Upstream;
import dev.deprovisioner.upstream.ratelimit.RateBudget;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** The check over HTTP, with the provider's answers scripted behind the clients. */
@WebMvcTest(
        controllers = ConnectionController.class,
        properties = {
            "deprovisioner.security.callers[0].principal=by-id",
            "deprovisioner.security.callers[0].groups=g*",
            "deprovisioner.security.callers[1].principal=by-name",
            "deprovisioner.security.callers[1].groups=sales*",
            "deprovisioner.security.callers[2].principal=other",
            "deprovisioner.security.callers[2].groups=support-*"
        })
@Import({
    ConnectionCheck.class,
    ProviderInspection.class,
    GroupInspection.class,
    MemberFindings.class,
    ConnectionControllerTest.Identity.class,
    SteppedTime.class
})
@ImportAutoConfiguration(SslAutoConfiguration.class)
@ComponentScan(basePackages = {"dev.deprovisioner.security", "dev.deprovisioner.http", "dev.deprovisioner.problem"})
class ConnectionControllerTest {

    private static final GroupId GROUP = new GroupId("g1");
    private static final String PRIVATE = "ann-4711";

    @Autowired
    private MockMvcTester mvc;

    @MockitoBean
    private Upstream upstream;

    @MockitoBean
    private Discovery discovery;

    @MockitoBean
    private GroupsClient groups;

    @MockitoBean
    private Trials trials;

    @MockitoBean
    private MemberLimit limit;

    @MockitoBean
    private UnlistedMembers unlisted;

    @MockitoBean
    private JwtDecoder decoder;

    static class Identity {

        @Bean
        ProviderIdentity providerIdentity() {
            return new ProviderIdentity("https://provider.invalid", "client", List.of(), null);
        }
    }

    @BeforeEach
    void isWell() {
        given(upstream.rateBudget()).willReturn(Optional.empty());
        given(discovery.collection()).willReturn(new Discovered.Shown<>(200));
        given(discovery.features()).willReturn(new Discovered.Shown<>(new ProviderFeatures(true, true, false)));
        given(discovery.membersReturned()).willReturn(new Discovered.NotShown<>("HTTP 404"));
        given(groups.membersSource()).willReturn("group");
        given(groups.doubtOfAbsence(any())).willReturn(Optional.empty());
        var members = List.of(new ScimGroup.Member(new MemberId(PRIVATE), false));
        given(groups.read(any(), any()))
                .willReturn(new GroupEvidence.Present(
                        new ScimGroup(GROUP, "Sales EMEA", null, "W/1"), new MemberEvidence.Listed(members), 0, null));
        given(trials.of(any(), any())).willReturn(List.of(trial("queues", new CheckTrial.Works(2, List.of()))));
    }

    private static CheckTrial trial(String check, CheckTrial.Result result) {
        return new CheckTrial(check, "deprovisioner.dependency.genesys-references", result);
    }

    private MvcTestResult get(String query, String caller) {
        return mvc.get()
                .uri("/upstream" + query)
                .with(jwt().jwt(token -> token.subject(caller))
                        .authorities(AuthorityUtils.createAuthorityList("SCOPE_upstream:read")))
                .exchange();
    }

    private static Fault outage(Recovery recovery, Duration pause) {
        return new Fault(UpstreamProblems.unavailable("no connection", PRIVATE), recovery, pause);
    }

    @Test
    void showsEachFindingAndNoMember() {
        given(upstream.rateBudget()).willReturn(Optional.of(new RateBudget(300L, 12, Duration.ofSeconds(30))));

        var answer = get("?groupId=g1", "by-id");

        assertThat(answer).hasStatusOk().bodyJson().isLenientlyEqualTo("""
                {"status":"OK","groupId":"g1","rateBudget":{"limit":300,"remaining":12},"findings":[
                {"code":"token-obtained","status":"OK"},{"code":"collection-read","status":"OK"},
                {"code":"features-shown","status":"OK"},{"code":"schema-not-shown","status":"OK"},
                {"code":"group-shown","status":"OK"},{"code":"members-listed","status":"OK"},
                {"code":"version-shown","status":"OK"},{"code":"absence-recognised","status":"OK"},
                {"code":"dependency-check-works","status":"OK"}]}""");
        assertThat(answer).bodyText().doesNotContain(PRIVATE, "Sales", "\"setting\"", ":null");
    }

    @Test
    void saysThatARunWouldBeBlockedAndByWhat() {
        given(limit.refusal(1)).willReturn(Optional.of(MemberProblems.memberLimitExceeded(1, 0)));
        given(trials.of(any(), any()))
                .willReturn(List.of(
                        trial("queues", new CheckTrial.Works(1, List.of("queue-reference"))),
                        trial("flows", new CheckTrial.Unclear("It is 403.", List.of("flow-unknown")))));

        var answer = get("?groupId=g1", "by-id");

        assertThat(answer)
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("{\"status\":\"WARNING\"}")
                .extractingPath("$.findings[?(@.code == 'run-blocked')].detail")
                .asArray()
                .singleElement()
                .asString()
                .startsWith(
                        "A run of the group would be BLOCKED: member-limit-exceeded, queue-reference, flow-unknown.");
    }

    @Test
    void needsNoEntryWithoutAGroup() {
        var answer = get("", "unknown");

        assertThat(answer).hasStatusOk().bodyText().doesNotContain("groupId", "rateBudget");
        verify(groups, never()).read(any(), any());
    }

    @ParameterizedTest
    @CsvSource({"by-id, 200", "by-name, 200", "other, 403", "unknown, 403"})
    void showsAGroupToThoseWhoMayManageIt(String caller, int status) {
        var answer = get("?groupId=g1", caller);

        assertThat(answer).hasStatus(status);
        assertThat(answer).bodyText().doesNotContain("Sales");
    }

    @Test
    void sendsNothingForACallerWithoutAnEntry() {
        get("?groupId=g1", "unknown");

        verify(upstream, never()).requireToken();
    }

    @ParameterizedTest
    @CsvSource({"by-id, 200", "by-name, 403", "other, 403"})
    void matchesOnlyTheIdOfAGroupThatIsAbsent(String caller, int status) {
        given(groups.read(any(), any())).willReturn(new GroupEvidence.Absent());

        assertThat(get("?groupId=g1", caller)).hasStatus(status);
    }

    @ParameterizedTest
    @CsvSource({"by-id, 200", "by-name, 403", "other, 403"})
    void matchesOnlyTheIdOfAGroupThatCannotBeRead(String caller, int status) {
        given(groups.read(any(), any())).willThrow(outage(Recovery.RETRY, Duration.ZERO));

        assertThat(get("?groupId=g1", caller)).hasStatus(status);
    }

    @Test
    void answersThoughTheProviderDoesNot() {
        willThrow(outage(Recovery.RETRY_UNCOUNTED, Duration.ofSeconds(90)))
                .given(upstream)
                .requireToken();

        var answer = get("?groupId=g1", "by-id");

        assertThat(answer).hasStatusOk().bodyJson().isLenientlyEqualTo("""
                {"status":"FAILED","findings":[{"code":"token-failed","setting":"deprovisioner.upstream.token-uri",
                "detail":"The provider is unavailable: no connection. The provider asks for a pause of 90 s."}]}""");
        assertThat(answer).bodyText().doesNotContain(PRIVATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?groupId=", "?groupId=a/b", "?groupId=..", "?groupId=%00"})
    void refusesWhatIsNoId(String query) {
        assertThat(get(query, "by-id"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/invalid-group-id");
        verify(upstream, never()).requireToken();
    }

    @Test
    void servesOneAtATimeInTheTurnOfTheCallerAndNextTheOneThatWasRefused() {
        var second = new AtomicReference<MvcTestResult>();
        var served = new AtomicReference<Optional<Caller>>();
        willAnswer(token -> {
                    served.set(CallerContext.current());
                    second.set(CompletableFuture.supplyAsync(() -> get("", "other"))
                            .join());
                    return null;
                })
                .given(upstream)
                .requireToken();

        assertThat(get("", "by-id")).hasStatusOk();

        assertThat(second.get()).hasStatus(503).headers().hasValue("Retry-After", "5");
        assertThat(served.get()).contains(new Caller("by-id"));
        willAnswer(token -> null).given(upstream).requireToken();
        assertThat(get("", "by-id")).hasStatus(503).bodyText().contains("another caller comes first");
        assertThat(get("", "other")).hasStatusOk();
        assertThat(get("", "by-id")).hasStatusOk();
    }
}
