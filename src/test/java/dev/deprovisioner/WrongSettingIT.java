package dev.deprovisioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Starts the service with one wrong setting: it does not start, and names it in a sentence. */
@ExtendWith(OutputCaptureExtension.class)
class WrongSettingIT {

    private final Map<String, String> settings = new HashMap<>(Map.of(
            "deprovisioner.upstream.base-url", "https://api.example.com",
            "deprovisioner.upstream.token-uri", "https://login.example.com/oauth/token",
            "deprovisioner.upstream.client-id", "client",
            "deprovisioner.upstream.client-secret", "a-secret-value",
            "spring.security.oauth2.resourceserver.jwt.jwk-set-uri", "https://callers.example.com/jwks",
            "spring.datasource.url", "jdbc:h2:mem:wrong-setting",
            "server.port", "0",
            "management.server.port", "0"));

    @ParameterizedTest
    @CsvSource({
        "deprovisioner.upstream.base-url,        http://api.example.com",
        "deprovisioner.upstream.token-uri,       http://login.example.com/token",
        "deprovisioner.upstream.base-url,        api.example.com",
        "deprovisioner.upstream.client-secret,   ''",
        "deprovisioner.upstream.request-timeout, 30s",
        "deprovisioner.webhook.secrets,          whsec_short",
        "deprovisioner.webhook.url,              directory.example.com",
        "deprovisioner.webhook.events,           group_deleted",
        "deprovisioner.webhook.events,           ''",
        "deprovisioner.upstream.ssl-bundle,      nowhere",
        "deprovisioner.webhook.ssl-bundle,       nowhere",
        "deprovisioner.security.ssl-bundle,      nowhere",
        "deprovisioner.scim.groups-path,         /Groups",
        "deprovisioner.policy.max-members,       -1",
        "deprovisioner.security.principal-claim, ''",
        "deprovisioner.security.callers[0].principal, ''",
        "deprovisioner.security.caller-rate-limit.requests, -1",
        "deprovisioner.scim.media-type,          application/*",
        "deprovisioner.scim.read-query,          'filter={x}'",
        "deprovisioner.deadline,                 0s",
        "deprovisioner.deadline,                 366d",
        "deprovisioner.workers,                  0",
        "deprovisioner.snapshot.retention,       0s",
        "deprovisioner.audit.retention,          23h",
        "deprovisioner.audit.hmac-keys,          c2hvcnQ="
    })
    void isNamed(String name, String value, CapturedOutput output) {
        settings.put(name, value);

        assertThatThrownBy(this::start).hasStackTraceContaining(name);
        assertThat(output.getOut())
                .contains("APPLICATION FAILED TO START", name)
                .doesNotContain("\tat ");
        assertThat(output.getOut()).doesNotContain("a-secret-value");
    }

    @Test
    void isNamedWhenAReceiverHasNoSecret(CapturedOutput output) {
        settings.put("deprovisioner.webhook.url", "https://directory.example.com/webhooks");

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
                "deprovisioner.upstream.base-url        | http://c4nary:x y[ | must be a URL",
                "deprovisioner.upstream.allow-insecure-http | c4nary   | must be true or false",
                "deprovisioner.dependency.checks        | c4nary       | must be a list, separated by commas, each one of routing-profile",
                "deprovisioner.deadline                 | 9999999999999999d c4nary | must be a duration"
            })
    void isNamedWhenItsValueCannotBeRead(String name, String value, String wrong, CapturedOutput output) {
        settings.put(name, value);

        assertThatThrownBy(this::start).isNotNull();
        assertThat(output.getOut())
                .contains(name + " " + wrong, "Set it to, for example, ")
                .doesNotContain("\tat ", "c4nary");
    }

    @Test
    void isNamedWhenNobodyKnowsIt(CapturedOutput output) {
        settings.put("deprovisioner.wrokers", "c4nary");

        assertThatThrownBy(this::start).isNotNull();
        assertThat(output.getOut())
                .contains("deprovisioner.wrokers (", "the nearest known name is deprovisioner.workers")
                .doesNotContain("\tat ", "c4nary");
    }

    private void start() {
        var arguments = settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
        SpringApplication.run(DeprovisionerApplication.class, arguments).close();
    }
}
