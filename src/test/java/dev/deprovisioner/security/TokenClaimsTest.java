package dev.deprovisioner.security;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static dev.deprovisioner.security.SignedTokens.KEY;
import static dev.deprovisioner.security.SignedTokens.rsa;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.deprovisioner.testbed.SteppedTime;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** An issuer with claims of its own: every setting of Spring Boot for tokens has its effect. */
@WebMvcTest(
        controllers = CallerTokensTest.WhoAmI.class,
        properties = {
            "spring.security.oauth2.resourceserver.jwt.authorities-claim-name=roles",
            "spring.security.oauth2.resourceserver.jwt.authorities-claim-delimiter=;",
            "spring.security.oauth2.resourceserver.jwt.authority-prefix=ROLE_",
            "spring.security.oauth2.resourceserver.jwt.principal-claim-name=azp",
            "spring.security.oauth2.resourceserver.jwt.audiences=portals,groups",
            "spring.security.oauth2.resourceserver.jwt.jws-algorithms=RS512"
        })
@Import(SteppedTime.class)
@ImportAutoConfiguration(SslAutoConfiguration.class)
@ComponentScan(basePackages = {"dev.deprovisioner.http", "dev.deprovisioner.problem"})
@ComponentScan(basePackageClasses = SecurityConfiguration.class)
@ExtendWith(OutputCaptureExtension.class)
@Isolated("Reads the log of this JVM")
class TokenClaimsTest {

    private static final WireMockServer keys =
            new WireMockServer(wireMockConfig().bindAddress("127.0.0.1").dynamicPort());

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private SteppedTime time;

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry settings) {
        keys.start();
        keys.stubFor(get("/jwks")
                .willReturn(okJson("{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"},"
                        + KEY.toPublicJWK() + "]}")));
        settings.add("spring.security.oauth2.resourceserver.jwt.jwk-set-uri", () -> keys.baseUrl() + "/jwks");
    }

    @AfterAll
    static void stopKeys() {
        keys.stop();
    }

    private MvcTestResult calling(UnaryOperator<JWTClaimsSet.Builder> change) {
        return calling(JWSAlgorithm.RS512, change);
    }

    private MvcTestResult calling(JWSAlgorithm algorithm, UnaryOperator<JWTClaimsSet.Builder> change) {
        var claims = SignedTokens.claims()
                .claim("scope", null)
                .claim("roles", "other;audit:read")
                .claim("azp", "the-portal")
                .audience(List.of("groups", "more"));
        return mvc.get()
                .uri("/audit-entries")
                .header(
                        "Authorization",
                        "Bearer "
                                + SignedTokens.signed(
                                        algorithm, KEY, change.apply(claims).build(), rsa(KEY)))
                .exchange();
    }

    @Test
    void takesCallerAndScopesFromTheClaimsThatAreSet() {
        assertThat(calling(claims -> claims)).hasStatusOk().hasBodyTextEqualTo("the-portal");
        assertThat(calling(claims -> claims.claim("roles", List.of("audit:read"))))
                .hasStatusOk();
    }

    @Test
    void takesNothingFromTheClaimsThatTheyReplace() {
        assertThat(calling(claims -> claims.claim("roles", null).claim("scope", "audit:read")))
                .hasStatus(403);
        assertThat(calling(claims -> claims.claim("azp", null))).hasStatus(401);
        assertThat(calling(claims -> claims.audience("deprovisioner"))).hasStatus(401);
        assertThat(calling(JWSAlgorithm.RS256, claims -> claims)).hasStatus(401);
    }

    @Test
    void logsWhyItRefusedACallerWithoutTheToken(CapturedOutput output) {
        time.step(RefusalLog.PAUSE);
        calling(claims -> claims.claim("azp", "stranger").claim("roles", "audit:write-c4nary"));
        calling(claims -> claims.audience("c4nary-elsewhere"));
        calling(claims -> claims.claim("azp", "confined"));
        calling(JWSAlgorithm.RS384, claims -> claims.claim("azp", "c4nary"));
        assertThat(output)
                .contains("Request refused: scope audit:read missing, caller stranger")
                .contains("Request refused: group not allowed, caller confined")
                .contains("Request refused: token not valid here, caller at 127.0.0.1, The aud claim is not valid")
                .contains("Request refused: token malformed or not signed by the issuer, caller at 127.0.0.1")
                .doesNotContain("c4nary")
                .doesNotContain("eyJ");
    }
}
