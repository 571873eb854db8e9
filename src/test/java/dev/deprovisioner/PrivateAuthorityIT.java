package dev.deprovisioner;

import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.deprovisioner.testbed.PrivateAuthority;
import dev.deprovisioner.testbed.PrivateAuthority.Identity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Everything over TLS with a private authority, and everybody shows a certificate: the provider, its token endpoint, the
 * receiver and the callers' issuer to the service, and the service to its callers.
 */
class PrivateAuthorityIT {

    private static final String SERVICE = "deprovisioner";

    @TempDir
    private Path directory = Path.of("");

    private final Map<String, String> settings = new HashMap<>();

    private PrivateAuthority authority;
    private WireMockServer around;
    private HttpClient caller;

    @BeforeEach
    void start() {
        authority = PrivateAuthority.create(directory);
        around = surroundings(authority.issue("surroundings", "dns:localhost"));
        caller = client(authority.issue("portal", "dns:portal.example.com"));
        var service = authority.issue(SERVICE, "dns:localhost");
        var bundle = "spring.ssl.bundle.pem.internal.";
        settings.put(bundle + "truststore.certificate", "file:" + authority.certificate());
        settings.put(bundle + "keystore.certificate", "file:" + service.certificate());
        settings.put(bundle + "keystore.private-key", "file:" + service.key());
        settings.put("deprovisioner.upstream.ssl-bundle", "internal");
        settings.put("deprovisioner.webhook.ssl-bundle", "internal");
        settings.put("deprovisioner.security.ssl-bundle", "internal");
        settings.put("server.ssl.bundle", "internal");
        settings.put("server.ssl.client-auth", "need");
        var url = "https://localhost:" + around.httpsPort();
        settings.put("deprovisioner.upstream.base-url", url);
        settings.put("deprovisioner.upstream.token-uri", url + "/oauth/token");
        settings.put("deprovisioner.upstream.client-id", "sandbox-client");
        settings.put("deprovisioner.upstream.client-secret", "sandbox-secret");
        settings.put("deprovisioner.webhook.url", url + "/webhooks/genesys");
        settings.put("deprovisioner.webhook.secrets", "whsec_c2FuZGJveC1vbmx5LXdlYmhvb2stc2lnbmluZy1rZXk=");
        settings.put("spring.security.oauth2.resourceserver.jwt.jwk-set-uri", url + "/callers/jwks");
        settings.put("spring.security.oauth2.resourceserver.jwt.issuer-uri", "https://sandbox.invalid");
        settings.put("spring.datasource.url", "jdbc:h2:mem:private-authority");
        settings.put("server.port", "0");
        settings.put("management.server.port", "0");
    }

    private WireMockServer surroundings(Identity identity) {
        var server = new WireMockServer(wireMockConfig()
                .usingFilesUnderClasspath("sandbox")
                .bindAddress("127.0.0.1")
                .httpDisabled(true)
                .dynamicHttpsPort()
                .keystoreType("PKCS12")
                .keystorePath(identity.store().toString())
                .keystorePassword(PrivateAuthority.PASSWORD)
                .keyManagerPassword(PrivateAuthority.PASSWORD)
                .needClientAuth(true)
                .trustStoreType("PKCS12")
                .trustStorePath(authority.trustStore().toString())
                .trustStorePassword(PrivateAuthority.PASSWORD));
        server.start();
        return server;
    }

    private HttpClient client(Identity identity) {
        var bundle = SslBundle.of(new PemSslStoreBundle(
                PemSslStoreDetails.forCertificate("file:" + identity.certificate())
                        .withPrivateKey("file:" + identity.key()),
                PemSslStoreDetails.forCertificate("file:" + authority.certificate())));
        return HttpClient.newBuilder().sslContext(bundle.createSslContext()).build();
    }

    @AfterEach
    void stop() {
        around.stop();
    }

    @Test
    void isAllThatTheBundlesHaveToName() throws Exception {
        try (var service = started()) {
            var answer = send(service, "POST", "/deprovisions/support-tier-1");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(Portal.json(answer).get("status").asString()).isEqualTo("SUCCEEDED");
            await().atMost(ofSeconds(10))
                    .untilAsserted(() -> around.verify(1, postRequestedFor(urlEqualTo("/webhooks/genesys"))));
            assertThat(answer.headers().firstValue("Strict-Transport-Security"))
                    .hasValue("max-age=31536000 ; includeSubDomains");
            assertThatThrownBy(() -> sendWithoutACertificate(service)).isInstanceOf(IOException.class);
            assertThat(sendWithoutTls(service)).isEqualTo(400);
        }
    }

    private void sendWithoutACertificate(ConfigurableApplicationContext service) throws Exception {
        var trust = SslBundle.of(
                new PemSslStoreBundle(null, PemSslStoreDetails.forCertificate("file:" + authority.certificate())));
        HttpClient.newBuilder()
                .sslContext(trust.createSslContext())
                .build()
                .send(HttpRequest.newBuilder(uri(service, "/deprovisions")).build(), BodyHandlers.discarding());
    }

    private int sendWithoutTls(ConfigurableApplicationContext service) throws Exception {
        var plain = URI.create(uri(service, "/deprovisions").toString().replace("https:", "http:"));
        return caller.send(HttpRequest.newBuilder(plain).build(), BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    @Tag("chaos")
    void isNotTrustedWithoutTheBundles() throws Exception {
        settings.remove("deprovisioner.security.ssl-bundle");
        try (var service = started()) {
            var answer = send(service, "POST", "/deprovisions/support-tier-1");

            // The issuer's keys cannot be had, so that nothing is accepted.
            assertThat(answer.statusCode()).isEqualTo(503);
            around.verify(0, postRequestedFor(urlEqualTo("/oauth/token")));
        }
    }

    private ConfigurableApplicationContext started() {
        var arguments = settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
        return SpringApplication.run(DeprovisionerApplication.class, arguments);
    }

    private HttpResponse<String> send(ConfigurableApplicationContext service, String method, String path)
            throws IOException, InterruptedException {
        var token = caller.send(
                HttpRequest.newBuilder(URI.create("https://localhost:" + around.httpsPort() + "/callers/token"))
                        .build(),
                BodyHandlers.ofString());
        var request = HttpRequest.newBuilder(uri(service, path))
                .method(method, BodyPublishers.noBody())
                .header("Prefer", "wait=30")
                .header("Authorization", "Bearer " + token.body());
        return caller.send(request.build(), BodyHandlers.ofString());
    }

    private static URI uri(ConfigurableApplicationContext service, String path) {
        var port = service.getEnvironment().getRequiredProperty("local.server.port");
        return URI.create("https://localhost:" + port + path);
    }
}
