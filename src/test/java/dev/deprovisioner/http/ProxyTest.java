package dev.deprovisioner.http;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.deprovisioner.testbed.ForwardProxy;
import dev.deprovisioner.testbed.PrivateAuthority;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.http.HttpMethod;

/** Requests through a proxy that stands between this service and all others. */
@Tag("slow")
class ProxyTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @TempDir
    private static Path directory = Path.of("");

    private static PrivateAuthority authority;
    private static PrivateAuthority.Identity here;

    private final ForwardProxy proxy = ForwardProxy.start();
    private final DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry();
    private WireMockServer server;

    @BeforeAll
    static void issue() {
        authority = PrivateAuthority.create(directory.resolve("authority"));
        here = authority.issue("server", "dns:localhost");
    }

    @BeforeEach
    void start() {
        server = new WireMockServer(wireMockConfig()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .dynamicHttpsPort()
                .keystoreType("PKCS12")
                .keystorePath(here.store().toString())
                .keystorePassword(PrivateAuthority.PASSWORD)
                .keyManagerPassword(PrivateAuthority.PASSWORD));
        server.start();
        server.stubFor(post("/hook?a=b").willReturn(ok("here")));
        bundles.registerBundle(
                "internal",
                SslBundle.of(new PemSslStoreBundle(
                        null, PemSslStoreDetails.forCertificate("file:" + authority.certificate()))));
    }

    @AfterEach
    void stop() throws IOException {
        server.stop();
        proxy.close();
    }

    private String posted(String address, String... noProxy) throws IOException {
        var clients = new HttpClients(bundles, new HttpProperties(proxy.address(), List.of(noProxy)));
        var request = clients.open("setting", "internal", TIMEOUT, TIMEOUT)
                .createRequest(URI.create(address), HttpMethod.POST);
        request.getBody().write("{}".getBytes(UTF_8));
        try (var answer = request.execute()) {
            return answer.getStatusCode().value() + " "
                    + new String(answer.getBody().readAllBytes(), UTF_8);
        }
    }

    private String https() {
        return "https://localhost:" + server.httpsPort() + "/hook?a=b";
    }

    private String http() {
        return "http://localhost:" + server.port() + "/hook?a=b";
    }

    @Test
    void encryptsFromEndToEnd() throws IOException {
        assertThat(posted(https())).isEqualTo("200 here");
        assertThat(proxy.requests()).containsExactly("CONNECT localhost:" + server.httpsPort() + " HTTP/1.1");
    }

    @Test
    void asksForPlainHttpByItsWholeAddress() throws IOException {
        assertThat(posted(http())).isEqualTo("200 here");
        assertThat(proxy.requests()).containsExactly("POST " + http() + " HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost", " localhost "})
    void asksAHostDirectlyThatIsExcepted(String host) throws IOException {
        assertThat(posted(https(), "other.example.com", host)).isEqualTo("200 here");
        assertThat(proxy.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"404 Not Found", "407 Proxy Authentication Required", "503 Service Unavailable"})
    void takesARefusalOfTheProxyForNoConnection(String status) {
        proxy.refuse(status);
        var failure = catchThrowable(() -> posted(https()));
        assertThat(failure).isInstanceOf(IOException.class);
        assertThat(ConnectionFailure.describe(failure))
                .isEqualTo("no connection (the proxy answered HTTP %s)", status.substring(0, 3));
        server.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void hasNoConnectionWithoutTheProxy() throws IOException {
        proxy.close();
        assertThat(ConnectionFailure.describe(catchThrowable(() -> posted(https()))))
                .isEqualTo("no connection");
    }
}
