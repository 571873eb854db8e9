package dev.deprovisioner.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;

import dev.deprovisioner.problem.ProblemWriter;
import dev.deprovisioner.testbed.SteppedTime;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** Three requests a minute, on a clock that only the test moves. */
@WebMvcTest(
        controllers = CallerRateLimitTest.class,
        properties = {
            "deprovisioner.security.caller-rate-limit.requests=3",
            "deprovisioner.security.caller-rate-limit.period=1m"
        })
@Import({
    SecurityConfiguration.class,
    ProblemAuthenticationHandlers.class,
    RefusalLog.class,
    UnmappedRoutes.class,
    ProblemWriter.class,
    SteppedTime.class,
    CallerRateLimitTest.Routes.class
})
class CallerRateLimitTest {

    static class Routes {

        @Bean
        RouterFunction<ServerResponse> anywhere() {
            return RouterFunctions.route(
                    RequestPredicates.all(), request -> ServerResponse.ok().build());
        }
    }

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private SteppedTime time;

    @MockitoBean
    private JwtDecoder decoder;

    @Autowired
    private SecurityFilterChain chain;

    private MvcTestResult get(String caller, String path) {
        return mvc.get()
                .uri(path)
                .with(jwt().jwt(token -> token.subject(caller))
                        .authorities(new SimpleGrantedAuthority("SCOPE_audit:read")))
                .exchange();
    }

    private void spend(String caller, int requests) {
        for (int i = 0; i < requests; i++) {
            assertThat(get(caller, "/audit-entries")).hasStatusOk();
        }
    }

    @Test
    void everyRequestOfACallerPassesTheBoundsOfCallersInThisOrder() {
        assertThat(chain.getFilters().stream().map(Object::getClass).toList())
                .containsSubsequence(
                        BearerTokenAuthenticationFilter.class,
                        CallerRateLimit.class,
                        LargeAnswers.class,
                        CallerThreadFilter.class,
                        AuthorizationFilter.class);
    }

    @Test
    void refusesWhatIsTooMuchAndSaysHowLong() {
        spend("busy", 3);
        var refused = get("busy", "/audit-entries");
        assertThat(refused).hasStatus(429).headers().hasValue("Retry-After", "20");
        assertThat(refused).bodyJson().extractingPath("$.type").isEqualTo("/problems/too-many-requests");
        time.step(Duration.ofMillis(19_001));
        assertThat(get("busy", "/audit-entries")).hasStatus(429).headers().hasValue("Retry-After", "1");
        time.step(Duration.ofSeconds(1));
        spend("busy", 1);
        assertThat(get("busy", "/audit-entries")).hasStatus(429);
        time.step(Duration.ofHours(1));
        spend("busy", 3);
        assertThat(get("busy", "/audit-entries")).hasStatus(429);
    }

    @Test
    void countsEachCallerByItself() {
        spend("one", 3);
        spend("two", 3);
        assertThat(get("one", "/audit-entries")).hasStatus(429);
    }

    @Test
    void countsWhatIsForbiddenToo() {
        for (int i = 0; i < 3; i++) {
            assertThat(get("curious", "/forbidden")).hasStatus(403);
        }
        assertThat(get("curious", "/audit-entries")).hasStatus(429);
    }

    @Test
    void doesNotCountThoseWithoutAToken() {
        for (int i = 0; i < 5; i++) {
            assertThat(mvc.get().uri("/audit-entries")).hasStatus(401);
        }
    }

    @Test
    @Tag("slow")
    void remembersSoManyCallersAndNoMore() {
        spend("steady", 3);
        for (int i = 1; i < CallerRateLimit.MAX_CALLERS; i++) {
            spend("other-" + i, 1);
        }
        assertThat(get("steady", "/audit-entries")).hasStatus(429);
        for (int i = 1; i <= CallerRateLimit.MAX_CALLERS; i++) {
            spend("another-" + i, 1);
        }
        spend("steady", 3);
    }
}
