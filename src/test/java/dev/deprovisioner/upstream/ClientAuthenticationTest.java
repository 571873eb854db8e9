package dev.deprovisioner.upstream;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import com.github.tomakehurst.wiremock.matching.StringValuePattern;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How the token endpoint gets the client's id and secret, of which each may have any character. */
class ClientAuthenticationTest extends StubbedUpstream {

    private static final String ID = "portal@ü+1";
    private static final String SECRET = "a+b/c=%1:x ü\\";
    private static final String ENCODED_ID = "portal%40%C3%BC%2B1";
    private static final String ENCODED_SECRET = "a%2Bb%2Fc%3D%251%3Ax+%C3%BC%5C";

    @BeforeEach
    void answersWell() {
        answers(ok("fine"));
    }

    private Upstream upstream(String authentication) {
        return upstream(Map.of(
                "client-id", ID,
                "client-secret", SECRET,
                "client-authentication", authentication));
    }

    @Test
    void encodesIdAndSecretBeforeBasicUnlessSetOtherwise() {
        read(upstream(Map.of("client-id", ID, "client-secret", SECRET)));

        provider.verify(1, tokenRequest().withHeader("Authorization", basic(ENCODED_ID + ":" + ENCODED_SECRET)));
    }

    @Test
    void leavesThemAsTheyAreWithRawBasic() {
        read(upstream("client_secret_basic_raw"));

        provider.verify(
                1,
                tokenRequest()
                        .withHeader("Authorization", basic(ID + ":" + SECRET))
                        .withFormParam("client_secret", absent()));
    }

    @Test
    void sendsThemInTheFormWithPost() {
        read(upstream("client_secret_post"));

        provider.verify(
                1,
                tokenRequest()
                        .withHeader("Authorization", absent())
                        .withFormParam("client_id", equalTo(ID))
                        .withFormParam("client_secret", equalTo(SECRET)));
    }

    @ParameterizedTest
    @EnumSource
    void doesNotRepeatASecretThatTheTokenEndpointRepeats(ClientAuthentication authentication) {
        var words = "No: c4nary+secret=, c4nary%2Bsecret%3D, Basic "
                + Base64.getEncoder().encodeToString("client:c4nary+secret=".getBytes(UTF_8));
        givesTokens(okJson("{\"error\":\"invalid_client\",\"error_description\":\"%s\"}".formatted(words))
                .withStatus(authentication == ClientAuthentication.CLIENT_SECRET_POST ? 200 : 401));
        var upstream = upstream(Map.of(
                "client-id", "client",
                "client-secret", "c4nary+secret=",
                "client-authentication", authentication.toString()));

        var problem = faultOf(() -> read(upstream)).problem();

        assertThat(problem.quote()).isEqualTo("No: [secret], [secret], Basic [secret]");
        assertThat(problem.toString()).doesNotContain("c4nary");
    }

    @Test
    void doesNotRepeatTheBeginOfASecretThatIsCutOff() {
        givesTokens(status(401).withBody("x".repeat(290) + " " + "c4nary".repeat(10)));
        var upstream = upstream(Map.of("client-id", "client", "client-secret", "c4nary".repeat(10)));

        assertThat(faultOf(() -> read(upstream)).problem().toString()).doesNotContain("c4nary");
    }

    private static RequestPatternBuilder tokenRequest() {
        return postRequestedFor(urlEqualTo("/oauth/token")).withFormParam("grant_type", equalTo("client_credentials"));
    }

    private static StringValuePattern basic(String credentials) {
        return equalTo("Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)));
    }
}
