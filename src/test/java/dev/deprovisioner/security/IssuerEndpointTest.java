package dev.deprovisioner.security;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.client.RestClient;

/** Finds the issuer's keys where the standards say. */
class IssuerEndpointTest {

    private final WireMockServer server =
            new WireMockServer(wireMockConfig().bindAddress("127.0.0.1").dynamicPort());

    @BeforeEach
    void start() {
        server.start();
        server.stubFor(get("/keys?a=c4nary").willReturn(okJson(new JWKSet(SignedTokens.KEY.toPublicJWK()).toString())));
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private JWKSet read(@Nullable String keySet, String issuer) throws IOException {
        return new IssuerEndpoint(RestClient.create(), keySet, issuer).read();
    }

    private void describe(String at, String issuer) {
        server.stubFor(get(at).willReturn(okJson(
                "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys?a=c4nary\"}".formatted(issuer, server.baseUrl()))));
    }

    @Test
    void readsTheKeySetAtItsAddress() throws IOException {
        assertThat(read(server.baseUrl() + "/keys?a=c4nary", "").getKeys())
                .extracting(JWK::getKeyID)
                .containsExactly("k1");
    }

    @ParameterizedTest
    @CsvSource({
        "'',   /.well-known/openid-configuration",
        "'',   /.well-known/oauth-authorization-server",
        "/,    /.well-known/openid-configuration",
        "/a/b, /a/b/.well-known/openid-configuration",
        "/a/b, /.well-known/openid-configuration/a/b",
        "/a/b, /.well-known/oauth-authorization-server/a/b"
    })
    void findsTheKeySetByTheMetadata(String path, String at) throws IOException {
        var issuer = server.baseUrl() + path;
        describe(at, issuer);
        assertThat(read(null, issuer).getKeys()).hasSize(1);
    }

    @Test
    void refusesTheMetadataOfAnotherIssuer() {
        describe("/.well-known/openid-configuration", "https://evil.example.com");
        assertThatThrownBy(() -> read(null, server.baseUrl()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another issuer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing?a=c4nary", "/down?a=c4nary"})
    void saysWhatIsMissingWithoutTheQuery(String path) {
        server.stubFor(get("/down?a=c4nary").willReturn(serverError()));
        assertThatThrownBy(() -> read(server.baseUrl() + path, ""))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(server.baseUrl() + path.replace("?a=c4nary", ""))
                .hasMessageNotContaining("c4nary");
    }
}
