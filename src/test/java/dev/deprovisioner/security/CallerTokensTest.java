package dev.deprovisioner.security;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static dev.deprovisioner.security.SignedTokens.IMPOSTOR;
import static dev.deprovisioner.security.SignedTokens.ISSUER;
import static dev.deprovisioner.security.SignedTokens.KEY;
import static dev.deprovisioner.security.SignedTokens.ROTATED;
import static dev.deprovisioner.security.SignedTokens.base64;
import static dev.deprovisioner.security.SignedTokens.claims;
import static dev.deprovisioner.security.SignedTokens.hmac;
import static dev.deprovisioner.security.SignedTokens.in;
import static dev.deprovisioner.security.SignedTokens.ofType;
import static dev.deprovisioner.security.SignedTokens.pem;
import static dev.deprovisioner.security.SignedTokens.publicKey;
import static dev.deprovisioner.security.SignedTokens.rsa;
import static dev.deprovisioner.security.SignedTokens.signed;
import static dev.deprovisioner.security.SignedTokens.unsignedWithSignature;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.PlainJWT;
import dev.deprovisioner.testbed.SteppedTime;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Real tokens through the real filter chain; the route behind it only says who called. */
@WebMvcTest(
        controllers = CallerTokensTest.WhoAmI.class,
        properties = "deprovisioner.security.principal-claim=client_id")
@Import(SteppedTime.class)
@ImportAutoConfiguration(SslAutoConfiguration.class)
@ComponentScan(basePackages = {"dev.deprovisioner.http", "dev.deprovisioner.problem"})
@ComponentScan(basePackageClasses = SecurityConfiguration.class)
class CallerTokensTest {

    private static final WireMockServer keys =
            new WireMockServer(wireMockConfig().bindAddress("127.0.0.1").dynamicPort());

    @RestController
    static class WhoAmI {

        @GetMapping("/audit-entries")
        String name(Principal caller, HttpServletResponse response) {
            response.setStatus(caller.getName().equals("confined") ? 403 : 200);
            return caller.getName();
        }
    }

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private SteppedTime time;

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry settings) {
        keys.start();
        serveKeys();
        settings.add("spring.security.oauth2.resourceserver.jwt.jwk-set-uri", () -> keys.baseUrl() + "/jwks");
        settings.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", () -> ISSUER);
    }

    private static void serveKeys() {
        keys.stubFor(get("/jwks").willReturn(okJson(new JWKSet(KEY.toPublicJWK()).toString())));
    }

    @AfterAll
    static void stopKeys() {
        keys.stop();
    }

    private MvcTestResult calling(String token) {
        return mvc.get()
                .uri("/audit-entries")
                .header("Authorization", "Bearer " + token)
                .exchange();
    }

    @Test
    void takesTheCallerFromTheClaimThatIsSet() {
        assertThat(calling(signed(claims -> claims))).hasStatusOk().hasBodyTextEqualTo("portal");
    }

    @Test
    void takesScopesFromEitherClaim() {
        assertThat(calling(signed(claims -> claims.claim("scope", null).claim("scp", List.of("audit:read")))))
                .hasStatusOk();
        assertThat(calling(signed(claims -> claims.claim("scope", null)))).hasStatus(403);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"JWT", "at+jwt", "application/at+jwt"})
    void takesAccessTokensOfEitherType(@Nullable String type) {
        assertThat(calling(ofType(type))).hasStatusOk();
    }

    @ParameterizedTest
    @ValueSource(strings = {"logout+jwt", "dpop+jwt", "secevent+jwt"})
    void answers401ForATokenThatIsForSomethingElse(String type) {
        assertRefused(ofType(type));
    }

    @Test
    void answers403WithoutTheScope() {
        assertThat(calling(signed(claims -> claims.claim("scope", "deprovision:read deprovision:write"))))
                .hasStatus(403)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/forbidden");
    }

    @Test
    void allowsForClocksThatDiffer() {
        assertThat(calling(signed(claims -> claims.expirationTime(in(Duration.ofSeconds(-30))))))
                .hasStatusOk();
        assertThat(calling(signed(claims -> claims.notBeforeTime(in(Duration.ofSeconds(30))))))
                .hasStatusOk();
    }

    @Test
    void answers503WhileTheIssuersKeysCannotBeHad() {
        calling(signed(claims -> claims));
        keys.stubFor(get("/jwks").willReturn(serverError()));
        time.step(IssuerKeys.PAUSE);
        try {
            assertThat(calling(signed(ROTATED)))
                    .hasStatus(503)
                    .hasHeader("Retry-After", "30")
                    .bodyJson()
                    .extractingPath("$.type")
                    .isEqualTo("/problems/unavailable");
            assertThat(calling(signed(claims -> claims))).hasStatusOk();
        } finally {
            serveKeys();
            time.step(IssuerKeys.PAUSE);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void answers401ForATokenThatIsNotValidHere(String why, String token) {
        assertRefused(token);
    }

    static Stream<Arguments> answers401ForATokenThatIsNotValidHere() {
        return Stream.of(
                Arguments.of("alg none", new PlainJWT(claims().build()).serialize()),
                Arguments.of("alg none, with the signature of another", unsignedWithSignature()),
                Arguments.of("HS256 with the public key", signed(JWSAlgorithm.HS256, hmac(publicKey()))),
                Arguments.of("HS256 with the key as PEM", signed(JWSAlgorithm.HS256, hmac(pem()))),
                Arguments.of("another algorithm of the same key", signed(JWSAlgorithm.RS512, rsa(KEY))),
                Arguments.of("another key of the same name", signed(IMPOSTOR)),
                Arguments.of("a key that is not published", signed(ROTATED)),
                Arguments.of("wrong audience", signed(claims -> claims.audience("another"))),
                Arguments.of("no audience", signed(claims -> claims.audience((String) null))),
                Arguments.of("wrong issuer", signed(claims -> claims.issuer("https://evil.example.com"))),
                Arguments.of("issuer with a slash more", signed(claims -> claims.issuer(ISSUER + "/"))),
                Arguments.of("no issuer", signed(claims -> claims.issuer(null))),
                Arguments.of("expired", signed(claims -> claims.expirationTime(in(Duration.ofMinutes(-2))))),
                Arguments.of("never expires", signed(claims -> claims.expirationTime(null))),
                Arguments.of("not yet valid", signed(claims -> claims.notBeforeTime(in(Duration.ofMinutes(2))))),
                Arguments.of("oversized", signed(claims -> claims.claim("filler", "x".repeat(8 * 1024)))));
    }

    @ParameterizedTest
    @MethodSource
    void answers401ForAMalformedToken(String token) {
        assertRefused(token);
    }

    static Stream<String> answers401ForAMalformedToken() {
        var good = signed(claims -> claims);
        var parts = good.split("\\.", -1);
        return Stream.of(
                "",
                "x",
                "..",
                "a.b.c",
                "a.b.c.d.e",
                "<script>",
                "\u00e9",
                good + "x",
                good + " " + good,
                good.substring(0, good.length() - 10),
                parts[0] + "." + parts[1],
                parts[0] + "." + base64("[]") + "." + parts[2],
                base64("{\"alg\":\"RS256\"") + "." + parts[1] + "." + parts[2],
                base64("{\"alg\":\"RS256\",\"jku\":\"https://evil.example.com\",\"kid\":\"x\"}") + "." + parts[1] + "."
                        + parts[2]);
    }

    @ParameterizedTest
    @MethodSource
    void answers401ForACallerThatCouldForgeALogLine(Object caller) {
        assertRefused(signed(claims -> claims.claim("client_id", caller)));
    }

    static Stream<Object> answers401ForACallerThatCouldForgeALogLine() {
        return Stream.of(
                "",
                " ",
                "portal\nINFO all is well",
                "portal\r",
                "portal\u0000",
                "portal\u001b[2J",
                "portal\u0085",
                "portal\u2028INFO",
                "portal\u2029INFO",
                "\u202elatrop",
                "por\u200btal",
                "portal\ufffe",
                "x".repeat(256),
                7,
                true,
                List.of("portal"));
    }

    @Test
    void answers401WhenTheClaimIsMissingThoughThereIsASubject() {
        assertRefused(signed(claims -> claims.claim("client_id", null)));
    }

    private void assertRefused(String token) {
        var answer = calling(token);
        assertThat(answer).hasStatus(401).containsHeader("WWW-Authenticate");
        assertThat(answer).bodyJson().extractingPath("$.type").isEqualTo("/problems/unauthenticated");
        assertThat(answer).bodyText().doesNotContain("<", "Exception");
    }
}
