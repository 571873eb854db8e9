package dev.deprovisioner.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deprovisioner.setting.InvalidSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings are good, or named. */
class UpstreamPropertiesTest {

    private final Map<String, String> settings = new HashMap<>(Map.of(
            "deprovisioner.upstream.base-url", "https://api.example.com",
            "deprovisioner.upstream.token-uri", "https://login.example.com/oauth/token",
            "deprovisioner.upstream.client-id", "client",
            "deprovisioner.upstream.client-secret", "c4nary"));

    private UpstreamProperties bind() {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("deprovisioner.upstream", UpstreamProperties.class);
    }

    @Test
    void hasTheDocumentedDefaults() {
        var properties = bind();
        assertThat(properties.scopes()).containsExactly("scim:group:read", "scim:group:write", "scim:group:delete");
        assertThat(properties.clientAuthentication()).isEqualTo(ClientAuthentication.CLIENT_SECRET_BASIC);
        assertThat(properties.tokenFile()).isNull();
        assertThat(properties.maxConcurrency()).isEqualTo(16);
        assertThat(properties.rateLimit().requests()).isEqualTo(300);
        assertThat(properties.rateLimit().period()).hasMinutes(1);
        assertThat(properties.connectTimeout()).hasSeconds(5);
        assertThat(properties.requestTimeout()).hasSeconds(10);
        assertThat(properties.retry().maxAttempts()).isEqualTo(4);
        assertThat(properties.retry().baseDelay()).hasSeconds(1);
        assertThat(properties.retry().maxDelay()).hasSeconds(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.example.com", "https://api.example.com/"})
    void fetchesTokensBelowTheBaseUrlUnlessSetOtherwise(String baseUrl) {
        settings.put("deprovisioner.upstream.base-url", baseUrl);
        settings.remove("deprovisioner.upstream.token-uri");
        assertThat(bind().clientCredentials().tokenUri()).isEqualTo("https://api.example.com/oauth/token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mypurecloud.de", "usw2.pure.cloud"})
    void derivesTheHostsOfARegion(String region) {
        settings.keySet().removeIf(name -> !name.contains("client"));
        settings.put("deprovisioner.upstream.region", region);
        assertThat(bind().apiRoot()).isEqualTo("https://api." + region);
        assertThat(bind().clientCredentials().tokenUri()).isEqualTo("https://login." + region + "/oauth/token");
    }

    @Test
    void keepsTheAddressesThatAreSetBesideARegion() {
        settings.put("deprovisioner.upstream.region", "mypurecloud.de");
        assertThat(bind().apiRoot()).isEqualTo("https://api.example.com");
        assertThat(bind().clientCredentials().tokenUri()).isEqualTo("https://login.example.com/oauth/token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.mypurecloud.de", "mypurecloud", "a/b.de", "x.de:8443", "evil.com#.de"})
    void refusesWhatIsNoRegion(String region) {
        settings.put("deprovisioner.upstream.region", region);
        assertThatThrownBy(this::bind).rootCause().hasMessageContaining("deprovisioner.upstream.region");
    }

    @Test
    void needsABaseUrlOrARegion() {
        settings.remove("deprovisioner.upstream.base-url");
        assertThatThrownBy(this::bind).rootCause().hasMessageContaining("base-url is missing, and region is not set");
    }

    @Test
    void needsNoClientWithABearerTokenFile(@TempDir Path directory) throws IOException {
        settings.keySet().removeIf(name -> !name.endsWith("base-url"));
        settings.put(
                "deprovisioner.upstream.bearer-token-file",
                Files.writeString(directory.resolve("token"), "c4nary").toString());
        assertThat(bind().tokenFile()).isNotNull();
        assertThat(bind().hasClientSettings()).isFalse();
        assertThat(new UpstreamConfiguration().providerIdentity(bind()).scopes())
                .as("scopes of a token that the service does not request")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_secret_basic", "client-secret-basic", "CLIENT_SECRET_BASIC"})
    void takesTheWordsOfOpenIdConnectInAnySpelling(String name) {
        settings.put("deprovisioner.upstream.client-authentication", name);
        assertThat(bind().clientAuthentication()).hasToString("client_secret_basic");
    }

    @Test
    void refusesAnIdThatRawBasicCannotSend() {
        settings.put("deprovisioner.upstream.client-id", "a:b");
        assertThat(bind().clientId()).isEqualTo("a:b");
        settings.put("deprovisioner.upstream.client-authentication", "client_secret_basic_raw");
        assertThatThrownBy(this::bind).rootCause().hasMessageContaining("deprovisioner.upstream.client-id has a colon");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer c4nary"})
    void refusesABearerTokenFileWithoutATokenAndDoesNotShowIt(String content, @TempDir Path directory)
            throws IOException {
        var file = Files.writeString(directory.resolve("token"), content);
        settings.put("deprovisioner.upstream.bearer-token-file", file.toString());
        assertThatThrownBy(this::bind)
                .rootCause()
                .isInstanceOf(InvalidSetting.class)
                .hasMessageStartingWith("deprovisioner.upstream.bearer-token-file names " + file + ", which ")
                .hasMessageNotContaining("c4nary");
    }

    @ParameterizedTest
    @CsvSource({"3, 1m", "1, 20s", "239, 1h", "5759, 1d"})
    void refusesALimitThatLetsTheReadBeforeAChangeGrowOld(String requests, String period) {
        settings.put("deprovisioner.upstream.rate-limit.requests", requests);
        settings.put("deprovisioner.upstream.rate-limit.period", period);
        assertThatThrownBy(this::bind)
                .rootCause()
                .hasMessageContaining("at least 4 a minute")
                .hasMessageContaining("30 s");
    }

    @ParameterizedTest
    @CsvSource({"4, 1m", "1, 15s", "240, 1h", "5760, 1d", "0, 1d"})
    void takesALimitOfFourAMinuteInAnyPeriod(int requests, String period) {
        settings.put("deprovisioner.upstream.rate-limit.requests", String.valueOf(requests));
        settings.put("deprovisioner.upstream.rate-limit.period", period);
        assertThat(bind().rateLimit().requests()).isEqualTo(requests);
    }

    @Test
    void takesNoScopes() {
        settings.put("deprovisioner.upstream.scopes", "");
        assertThat(bind().scopes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "base-url, http://api.example.com",
        "base-url, ftp://api.example.com",
        "base-url, api.example.com",
        "base-url, https://user:c4nary@api.example.com",
        "token-uri, https://c4nary@login.example.com/oauth/token",
        "token-uri, http://127.0.0.1.example.com/token",
        "client-id, ' '",
        "client-secret, ''",
        "bearer-token-file, /nowhere/token",
        "max-concurrency, 0",
        "request-timeout, 0s",
        "request-timeout, 20s",
        "connect-timeout, -1s",
        "connect-timeout, 16s",
        "rate-limit.requests, -1",
        "rate-limit.requests, 1000001",
        "rate-limit.requests, 3",
        "rate-limit.period, 999ms",
        "rate-limit.period, 25h",
        "rate-limit.burst, 0",
        "retry.max-attempts, 0",
        "retry.base-delay, 0s",
        "retry.max-attempts, 101",
        "retry.max-delay, 1ms",
        "retry.max-delay, 11m"
    })
    void namesTheWrongSetting(String name, String value) {
        settings.put("deprovisioner.upstream." + name, value);
        assertThatThrownBy(this::bind)
                .rootCause()
                .isInstanceOf(InvalidSetting.class)
                .hasMessageStartingWith("deprovisioner.upstream." + name + " ")
                .hasMessageNotContaining("c4nary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:9090", "http://127.0.0.1:9090", "http://[::1]:9090"})
    void allowsPlainHttpToThisMachine(String url) {
        settings.put("deprovisioner.upstream.base-url", url);
        assertThat(bind().baseUrl()).hasToString(url);
    }

    @Test
    void allowsPlainHttpElsewhereOnlyByASetting() {
        settings.put("deprovisioner.upstream.base-url", "http://wiremock:8080");
        settings.put("deprovisioner.upstream.allow-insecure-http", "true");
        assertThat(bind().baseUrl()).hasHost("wiremock");
    }

    @Test
    void doesNotShowItsSecret() {
        assertThat(bind().toString()).doesNotContain("c4nary");
        assertThat(bind().clientCredentials().toString()).doesNotContain("c4nary");
    }
}
