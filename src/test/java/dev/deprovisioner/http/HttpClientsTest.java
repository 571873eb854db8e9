package dev.deprovisioner.http;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.deprovisioner.setting.InvalidSetting;
import dev.deprovisioner.testbed.PrivateAuthority;
import dev.deprovisioner.testbed.PrivateAuthority.Identity;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequestFactory;

/** Servers with certificates of a private authority, one of which asks its clients for one too. */
@Tag("slow")
class HttpClientsTest {

    private static final String SETTING = "deprovisioner.upstream.ssl-bundle";
    private static final String NAME = "provider";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @TempDir
    private static Path directory = Path.of("");

    private static PrivateAuthority authority;
    private static PrivateAuthority another;
    private static Identity client;
    private static Identity impostor;
    private static WireMockServer server;
    private static WireMockServer strict;
    private static WireMockServer misnamed;

    private final DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry();
    private final HttpClients connections = HttpClients.direct(bundles);

    @BeforeAll
    static void start() {
        authority = PrivateAuthority.create(directory.resolve("authority"));
        another = PrivateAuthority.create(directory.resolve("another"));
        client = authority.issue("client", "dns:client.example.com");
        impostor = another.issue("client", "dns:client.example.com");
        var here = authority.issue("server", "dns:localhost");
        server = started(here, false);
        strict = started(here, true);
        misnamed = started(authority.issue("elsewhere", "dns:elsewhere.example.com"), false);
    }

    private static WireMockServer started(Identity identity, boolean asksForCertificates) {
        var server = new WireMockServer(wireMockConfig()
                .bindAddress("127.0.0.1")
                .httpDisabled(true)
                .dynamicHttpsPort()
                .keystoreType("PKCS12")
                .keystorePath(identity.store().toString())
                .keystorePassword(PrivateAuthority.PASSWORD)
                .keyManagerPassword(PrivateAuthority.PASSWORD)
                .needClientAuth(asksForCertificates)
                .trustStoreType("PKCS12")
                .trustStorePath(authority.trustStore().toString())
                .trustStorePassword(PrivateAuthority.PASSWORD));
        server.start();
        return server;
    }

    @BeforeEach
    void reset() {
        for (var each : new WireMockServer[] {server, strict, misnamed}) {
            each.resetAll();
            each.stubFor(get("/").willReturn(ok("here")));
        }
    }

    @AfterAll
    static void stop() {
        server.stop();
        strict.stop();
        misnamed.stop();
    }

    private static SslBundle bundle(PrivateAuthority trusted, @Nullable Identity shown) {
        var key = shown == null
                ? null
                : PemSslStoreDetails.forCertificate("file:" + shown.certificate())
                        .withPrivateKey("file:" + shown.key());
        return SslBundle.of(
                new PemSslStoreBundle(key, PemSslStoreDetails.forCertificate("file:" + trusted.certificate())));
    }

    private ClientHttpRequestFactory by(SslBundle bundle) {
        bundles.registerBundle(NAME, bundle);
        return connections.open(SETTING, NAME, TIMEOUT, TIMEOUT);
    }

    private static String asked(WireMockServer server, ClientHttpRequestFactory requests) throws IOException {
        var request = requests.createRequest(URI.create("https://localhost:" + server.httpsPort()), HttpMethod.GET);
        request.getHeaders().setBearerAuth("token");
        try (var answer = request.execute()) {
            return answer.getStatusCode().value() + " "
                    + new String(answer.getBody().readAllBytes(), UTF_8);
        }
    }

    private static void assertRefused(WireMockServer server, ClientHttpRequestFactory requests, String reason) {
        var failure = catchThrowable(() -> asked(server, requests));

        assertThat(failure).isInstanceOf(IOException.class);
        assertThat(TlsRefusal.describe(failure))
                .startsWith("no TLS connection (")
                .contains(reason);
        server.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void trustTheAuthorityInTheBundle() throws IOException {
        assertThat(asked(server, by(bundle(authority, null)))).isEqualTo("200 here");
    }

    @Test
    void trustNoPrivateAuthorityWithoutABundle() {
        assertRefused(server, connections.open(SETTING, null, TIMEOUT, TIMEOUT), "unable to find valid certification");
        assertRefused(server, connections.open(SETTING, "", TIMEOUT, TIMEOUT), "unable to find valid certification");
    }

    @Test
    void trustNoOtherAuthorityThanTheBundles() {
        assertRefused(server, by(bundle(another, null)), "");
    }

    @Test
    void refuseACertificateForAnotherName() {
        assertRefused(misnamed, by(bundle(authority, null)), "localhost");
    }

    @Test
    void showTheBundlesCertificateToWhoAsksForOne() throws IOException {
        assertThat(asked(strict, by(bundle(authority, client)))).isEqualTo("200 here");
    }

    @Test
    void areRefusedByWhoAsksForACertificateThatIsNotThere() {
        assertRefusedByServer(by(bundle(authority, null)));
    }

    private static void assertRefusedByServer(ClientHttpRequestFactory requests) {
        var failure = catchThrowable(() -> asked(strict, requests));

        // In TLS 1.3 the refusal comes after our handshake has ended; writing may fail before the reason is read.
        assertThat(failure).isInstanceOf(IOException.class);
        assertThat(TlsRefusal.describe(failure))
                .satisfiesAnyOf(
                        none -> assertThat(none).isNull(),
                        refusal -> assertThat(refusal)
                                .startsWith("no TLS connection (")
                                .contains("certificate"));
        strict.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void areRefusedByWhoDoesNotTrustTheirCertificate() {
        assertRefusedByServer(by(bundle(authority, impostor)));
    }

    @Test
    void followABundleThatIsUpdated() throws IOException {
        var requests = by(bundle(another, null));
        assertRefused(server, requests, "");

        bundles.updateBundle(NAME, bundle(authority, null));

        assertThat(asked(server, requests)).isEqualTo("200 here");
    }

    @Test
    void keepABundleWhoseUpdateCannotBeRead() throws IOException {
        var requests = by(bundle(authority, null));
        var unreadable = bundleOf(Files.writeString(directory.resolve("half.pem"), "-----BEGIN CERTIFICATE-----"));

        assertThatThrownBy(() -> bundles.updateBundle(NAME, unreadable)).isInstanceOf(IllegalStateException.class);

        assertThat(asked(server, requests)).isEqualTo("200 here");
    }

    @Test
    void followNoRedirect() throws IOException {
        server.stubFor(get("/").willReturn(temporaryRedirect("/there")));

        assertThat(asked(server, by(bundle(authority, null)))).startsWith("302");

        server.verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void nameABundleThatDoesNotExist() {
        bundles.registerBundle("directory", bundle(authority, null));

        assertThatThrownBy(() -> connections.open(SETTING, NAME, TIMEOUT, TIMEOUT))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining(SETTING)
                .hasMessageContaining("\"provider\", which does not exist");
    }

    @Test
    void nameABundleThatCannotBeUsed() throws IOException {
        bundles.registerBundle("missing", bundleOf(directory.resolve("nothing.pem")));
        bundles.registerBundle("broken", bundleOf(Files.writeString(directory.resolve("broken.pem"), "c4nary")));

        for (var name : new String[] {"missing", "broken"}) {
            assertThatThrownBy(() -> connections.open(SETTING, name, TIMEOUT, TIMEOUT))
                    .isInstanceOf(InvalidSetting.class)
                    .hasMessageContaining(SETTING)
                    .hasMessageContaining("which cannot be used")
                    .hasMessageNotContaining("c4nary");
        }
    }

    private static SslBundle bundleOf(Path certificate) {
        return SslBundle.of(new PemSslStoreBundle(null, PemSslStoreDetails.forCertificate("file:" + certificate)));
    }
}
