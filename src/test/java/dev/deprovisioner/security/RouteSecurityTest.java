package dev.deprovisioner.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;

import dev.deprovisioner.problem.ProblemWriter;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** Who gets through to which route; the routes themselves are stand-ins. */
@WebMvcTest(RouteSecurityTest.class)
@Import({
    SecurityConfiguration.class,
    ProblemAuthenticationHandlers.class,
    RefusalLog.class,
    UnmappedRoutes.class,
    ProblemWriter.class,
    RouteSecurityTest.Routes.class
})
class RouteSecurityTest {

    private static final String[] SCOPES = {"deprovision:read", "deprovision:write", "audit:read"};

    /** Answers everywhere, so that only security can say no. */
    static class Routes {

        @Bean
        RouterFunction<ServerResponse> anywhere() {
            return RouterFunctions.route(
                    RequestPredicates.all(), request -> ServerResponse.ok().build());
        }
    }

    @Autowired
    private MockMvcTester mvc;

    @MockitoBean
    private JwtDecoder decoder;

    static Stream<Arguments> routes() {
        return Stream.of(
                Arguments.of(HttpMethod.POST, "/deprovisions/g1", "deprovision:write"),
                Arguments.of(HttpMethod.DELETE, "/deprovisions/g1", "deprovision:write"),
                Arguments.of(HttpMethod.GET, "/deprovisions", "deprovision:read"),
                Arguments.of(HttpMethod.GET, "/deprovisions/g1", "deprovision:read"),
                Arguments.of(HttpMethod.GET, "/deprovisions/g1/runs", "deprovision:read"),
                Arguments.of(HttpMethod.GET, "/deprovisions/g1/runs/1", "deprovision:read"),
                Arguments.of(HttpMethod.GET, "/deprovisions/g1/runs/1/blockers", "deprovision:read"),
                Arguments.of(HttpMethod.GET, "/audit-entries", "audit:read"),
                Arguments.of(HttpMethod.GET, "/audit-entries/verification", "audit:read"));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void letsThroughOnlyCallersWithTheScope(HttpMethod method, String path, String scope) {
        assertThat(mvc.method(method).uri(path).with(jwt().authorities(authorities(scope))))
                .hasStatusOk();
        var others = Arrays.stream(SCOPES).filter(other -> !other.equals(scope)).toArray(String[]::new);
        assertThat(mvc.method(method).uri(path).with(jwt().authorities(authorities(others))))
                .hasStatus(403)
                .bodyText()
                .contains("/problems/forbidden", "the scope " + scope);
        assertThat(mvc.method(method).uri(path))
                .hasStatus(401)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/unauthenticated");
    }

    @Test
    void deniesARouteThatNoRuleNames() {
        var everything = jwt().authorities(authorities(SCOPES));
        assertThat(mvc.get().uri("/forgotten").with(everything))
                .hasStatus(403)
                .bodyText()
                .contains("closed to callers");
        assertThat(mvc.post().uri("/forgotten").with(everything)).hasStatus(403);
        assertThat(mvc.put().uri("/deprovisions/g1").with(everything)).hasStatus(403);
        assertThat(mvc.get().uri("/actuator/env").with(everything)).hasStatus(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/oauth-protected-resource", "/logout", "/login"})
    void servesNothingThatComesWithTheFilters(String path) {
        assertThat(mvc.get().uri(path)).hasStatus(401);
        assertThat(mvc.post().uri(path)).hasStatus(401);
    }

    @Test
    void repeatsNoHostInTheChallenge() {
        assertThat(mvc.get().uri("/deprovisions/g1").header("Host", "evil.example.com"))
                .hasStatus(401)
                .headers()
                .hasValue("WWW-Authenticate", "Bearer");
    }

    @Test
    void challengesABrokenToken() {
        given(decoder.decode(any())).willThrow(new BadJwtException("expired"));
        assertThat(mvc.get().uri("/deprovisions/g1").header("Authorization", "Bearer broken"))
                .hasStatus(401)
                .headers()
                .hasValue("WWW-Authenticate", "Bearer error=\"invalid_token\", error_description=\"expired\"");
    }

    private static SimpleGrantedAuthority[] authorities(String... scopes) {
        return Arrays.stream(scopes)
                .map(scope -> new SimpleGrantedAuthority("SCOPE_" + scope))
                .toArray(SimpleGrantedAuthority[]::new);
    }

    @Test
    void doesNotBlameATokenThatCannotBeChecked() {
        given(decoder.decode(any())).willThrow(new JwtException("the issuer's keys cannot be read"));
        assertThat(mvc.get().uri("/deprovisions/g1").header("Authorization", "Bearer unchecked"))
                .hasStatus(503)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/unavailable");
    }
}
