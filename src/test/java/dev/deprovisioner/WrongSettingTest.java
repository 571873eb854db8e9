package dev.deprovisioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.mock;

import dev.deprovisioner.clock.MonotonicClock;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.servlet.ServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/** With one wrong setting the service does not start, and names the setting in a sentence. */
@Tag("slow")
@ExtendWith(OutputCaptureExtension.class)
@Isolated("Reads the log of this JVM")
class WrongSettingTest {

    private final GivenSettings settings = new GivenSettings();

    /**
     * Only what checks a setting. The log of a failed start depends on the kind of context, so this one is for a web
     * server too. It bears no stereotype, so that no scan of another test finds it.
     */
    @ConfigurationPropertiesScan
    @ComponentScan(
            resourcePattern =
                    "**/{name:SettingsCheck|HttpClients|TokenSettings|CallerTokens|IssuerConfiguration|Receiver"
                            + "|TraceContinuation}.class")
    @EnableConfigurationProperties(OAuth2ResourceServerProperties.class)
    @ImportAutoConfiguration(SslAutoConfiguration.class)
    static class SettingsOnly {

        /** Its default methods are real, so that its shutdown ends at once. */
        @Bean
        static ServletWebServerFactory noServer() {
            return initializers -> mock(WebServer.class, CALLS_REAL_METHODS);
        }

        @Bean
        static InstantSource clock() {
            return InstantSource.system();
        }

        @Bean
        static MonotonicClock time() {
            return System::nanoTime;
        }

        @Bean
        static Tracer tracer() {
            return Tracer.NOOP;
        }

        @Bean
        static ObservationRegistry observations() {
            return ObservationRegistry.NOOP;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "deprovisioner.upstream.base-url,        http://api.example.com",
        "deprovisioner.upstream.token-uri,       http://login.example.com/token",
        "deprovisioner.upstream.base-url,        api.example.com",
        "deprovisioner.upstream.client-secret,   ''",
        "deprovisioner.upstream.client-id,       ''",
        "deprovisioner.upstream.bearer-token-file, /nowhere/token",
        "deprovisioner.upstream.request-timeout, 30s",
        "deprovisioner.webhook.secrets,          whsec_short",
        "deprovisioner.webhook.url,              directory.example.com",
        "deprovisioner.webhook.url,              https://user:a-secret-value@directory.example.com/",
        "deprovisioner.http.proxy,               http://user:a-secret-value@proxy.example.com:3128",
        "spring.security.oauth2.resourceserver.jwt.issuer-url, https://login.example.com",
        "spring.security.oauth2.resourceserver.jwt.jws-algorithms, HS256",
        "deprovisioner.webhook.events,           group_deleted",
        "deprovisioner.webhook.events,           ''",
        "deprovisioner.webhook.ssl-bundle,       nowhere",
        "deprovisioner.security.ssl-bundle,      nowhere",
        "deprovisioner.scim.groups-path,         /Groups",
        "deprovisioner.policy.max-members,       -1",
        "deprovisioner.security.principal-claim, ''",
        "deprovisioner.security.callers[0].principal, ''",
        "deprovisioner.security.caller-rate-limit.requests, -1",
        "deprovisioner.scim.media-type,          application/*",
        "deprovisioner.scim.read-query,          'filter={x}'",
        "deprovisioner.scim.users-path,          Users",
        "deprovisioner.scim.users-path,          /Users/",
        "deprovisioner.scim.users-path,          '/Users?count=1'",
        "deprovisioner.scim.settle-time,         900ms",
        "deprovisioner.deadline,                 0s",
        "deprovisioner.deadline,                 366d",
        "deprovisioner.workers,                  0",
        "deprovisioner.snapshot.retention,       0s",
        "deprovisioner.run.retention,            47h",
        "deprovisioner.audit.retention,          23h",
        "deprovisioner.audit.hmac-keys,          c2hvcnQ="
    })
    void isNamed(String name, String value, CapturedOutput output) {
        settings.with(name, value);

        assertThatThrownBy(this::start).hasStackTraceContaining(name);
        assertThat(output.getOut())
                .contains("APPLICATION FAILED TO START", name)
                .doesNotContain("\tat ", "a-secret-value");
    }

    @Test
    void isNamedWhenAReceiverHasNoSecret(CapturedOutput output) {
        settings.with("deprovisioner.webhook.url", "https://directory.example.com/webhooks");

        assertThatThrownBy(this::start).isNotNull();
        assertThat(output.getOut())
                .contains("deprovisioner.webhook.secrets is missing")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deprovisioner.workers                  | many c4nary  | must be a whole number",
                "deprovisioner.upstream.connect-timeout | fast c4nary  | must be a duration",
                "deprovisioner.upstream.allow-insecure-http | c4nary   | must be true or false",
                "deprovisioner.dependency.checks        | c4nary       | must be a list, separated by commas, each one of routing-profile",
                "deprovisioner.upstream.client-authentication | c4nary | must be one of client_secret_basic, client_secret_basic_raw, client_secret_post",
                "deprovisioner.scim.members-source      | c4nary       | must be one of group, users-filter, unlisted",
                "deprovisioner.scim.user-paging         | c4nary       | must be one of cursor-or-index, cursor, index",
                "deprovisioner.scim.members-visible-by  | c4nary       | must be one of provider, group",
                "deprovisioner.deadline                 | 9999999999999999d c4nary | must be a duration"
            })
    void isNamedWhenItsValueCannotBeRead(String name, String value, String wrong, CapturedOutput output) {
        settings.with(name, value);

        assertThatThrownBy(this::start).isNotNull();
        assertThat(output.getOut())
                .contains(name + " " + wrong, "Set it to, for example, ")
                .doesNotContain("\tat ", "c4nary");
    }

    @Test
    void isNamedWhenItIsUnknown(CapturedOutput output) {
        settings.with("deprovisioner.wrokers", "c4nary");

        assertThatThrownBy(this::start).isNotNull();
        assertThat(output.getOut())
                .contains("deprovisioner.wrokers (", "the nearest known name is deprovisioner.workers")
                .doesNotContain("\tat ", "c4nary");
    }

    @Test
    void isTheReasonAndNothingElseIs() {
        assertThatCode(this::start).doesNotThrowAnyException();
    }

    private void start() {
        settings.start(SettingsOnly.class);
    }
}
