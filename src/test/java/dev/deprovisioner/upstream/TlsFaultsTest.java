package dev.deprovisioner.upstream;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.testbed.PrivateAuthority;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/** A provider with a certificate of a private authority: without a bundle it gets no request and no secret. */
class TlsFaultsTest extends StubbedUpstream {

    @TempDir
    private static Path directory = Path.of("");

    private static PrivateAuthority authority;
    private static WireMockServer secured;

    @BeforeAll
    static void startSecured() {
        authority = PrivateAuthority.create(directory);
        secured = new WireMockServer(wireMockConfig()
                .bindAddress("127.0.0.1")
                .httpDisabled(true)
                .dynamicHttpsPort()
                .keystoreType("PKCS12")
                .keystorePath(
                        authority.issue("provider", "dns:localhost").store().toString())
                .keystorePassword(PrivateAuthority.PASSWORD)
                .keyManagerPassword(PrivateAuthority.PASSWORD));
        secured.start();
    }

    @AfterAll
    static void stopSecured() {
        secured.stop();
    }

    @BeforeEach
    void resetSecured() {
        secured.resetAll();
        secured.stubFor(any(anyUrl()).willReturn(ok("fine")));
    }

    private static String url() {
        return "https://localhost:" + secured.httpsPort();
    }

    private Upstream upstream(String baseUrl, String tokenUri, DefaultSslBundleRegistry bundles) {
        var bundle = bundles.getBundleNames().stream().findFirst().orElse(null);
        var properties = properties(baseUrl, tokenUri, bundle, Duration.ofSeconds(10), 16, UNLIMITED);
        return upstream(properties, bundles, time);
    }

    private void assertNothingSent(Upstream upstream) {
        for (var fault : new Fault[] {faultOf(() -> read(upstream)), faultOf(() -> write(upstream))}) {
            assertThat(fault.problem().type()).isEqualTo(ProblemType.UPSTREAM_UNAVAILABLE);
            assertThat(fault.problem().detail()).contains("no TLS connection (unable to find valid certification path");
            assertThat(fault.recovery()).isEqualTo(Recovery.RETRY);
        }
        assertThat(secured.getAllServeEvents()).isEmpty();
    }

    @Test
    void sendsNoTokenToAnUntrustedProvider() {
        assertNothingSent(upstream(url(), provider.baseUrl() + "/oauth/token", new DefaultSslBundleRegistry()));
    }

    @Test
    void sendsNoSecretToAnUntrustedTokenEndpoint() {
        assertNothingSent(upstream(provider.baseUrl(), url(), new DefaultSslBundleRegistry()));
        thingsAsked(0);
    }

    @Test
    void worksWithAProviderThatTheBundleVouchesFor() {
        var trust = PemSslStoreDetails.forCertificate("file:" + authority.certificate());
        var bundles = new DefaultSslBundleRegistry("private", SslBundle.of(new PemSslStoreBundle(null, trust)));

        assertThat(read(upstream(url(), provider.baseUrl() + "/oauth/token", bundles)))
                .isEqualTo("fine");
    }
}
