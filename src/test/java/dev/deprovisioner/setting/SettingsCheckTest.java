package dev.deprovisioner.setting;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What is misspelt and what is missing is named before anything is built. */
class SettingsCheckTest {

    private final Map<String, Object> properties = new HashMap<>(Map.of(
            "deprovisioner.upstream.base-url", "https://api.example.com",
            "deprovisioner.upstream.token-uri", "https://login.example.com/oauth/token",
            "deprovisioner.upstream.client-id", "client",
            "deprovisioner.upstream.client-secret", "c4nary",
            "spring.security.oauth2.resourceserver.jwt.jwk-set-uri", "https://callers.example.com/jwks"));
    private final Map<String, Object> variables = new HashMap<>();
    private final List<String> profiles = new ArrayList<>();

    private void check() {
        var environment = new StandardEnvironment();
        var sources = environment.getPropertySources();
        sources.forEach(source -> sources.remove(source.getName()));
        sources.addLast(new MapPropertySource("file", properties));
        sources.addLast(new SystemEnvironmentPropertySource("systemEnvironment", variables));
        profiles.forEach(environment::addActiveProfile);
        ConfigurationPropertySources.attach(environment);
        var check = new SettingsCheck();
        check.setEnvironment(environment);
        check.postProcessBeanFactory(new DefaultListableBeanFactory());
    }

    @Test
    void namesAPresetThatIsMisspelt() {
        profiles.add("google-cloud-identities");
        assertRefused()
                .hasMessageContaining("names google-cloud-identities, ")
                .hasMessageContaining("nearest preset is google-cloud-identity.");
    }

    private AbstractThrowableAssert<?, ?> assertRefused() {
        return assertThatThrownBy(this::check)
                .isInstanceOf(InvalidSetting.class)
                .hasMessageNotContaining("c4nary");
    }

    @ParameterizedTest
    @CsvSource({
        "deprovisioner.wrokers,                       deprovisioner.workers",
        "deprovisioner.upstream.base-ur,              deprovisioner.upstream.base-url",
        "deprovisioner.upstream.rate-limit.requestz,  deprovisioner.upstream.rate-limit.requests",
        "deprovisioner.policy.max-member,             deprovisioner.policy.max-members",
        "deprovisioner.dedline.hours,                 deprovisioner.deadline",
        "deprovisioner.webhook.secret,                deprovisioner.webhook.secrets",
        "deprovisioner.webhook.secrets.first,         deprovisioner.webhook.secrets",
        "deprovisioner.webhook.secrets[0].x,          deprovisioner.webhook.secrets",
        "deprovisioner.security.callers.bob,          deprovisioner.security.callers",
        "deprovisioner.security.callers[0].group,     deprovisioner.security.callers"
    })
    void namesAnUnknownPropertyAndTheNearestKnownOne(String unknown, String nearest) {
        properties.put(unknown, "c4nary");
        assertRefused().hasMessageContaining(unknown + " ").hasMessageContaining(" " + nearest + ".");
    }

    @ParameterizedTest
    @CsvSource({
        "DEPROVISIONER_WROKERS,            DEPROVISIONER_WORKERS",
        "DEPROVISIONER_UPSTREAM_BASEURI,   DEPROVISIONER_UPSTREAM_BASE_URL",
        "DEPROVISIONER_UP_STREAM_BASE_URL, DEPROVISIONER_UPSTREAM_BASE_URL",
        "DEPROVISIONER_DEADLINE_1,         DEPROVISIONER_DEADLINE",
        "DEPROVISIONER_SECURITY_CALLERS_BOB, DEPROVISIONER_SECURITY_CALLERS",
        "DEPROVISIONER_SECURITY_CALLERS_0_GROUP, DEPROVISIONER_SECURITY_CALLERS"
    })
    void namesAnUnknownEnvironmentVariableAndTheNearestKnownOne(String unknown, String nearest) {
        variables.put(unknown, "c4nary");
        assertRefused().hasMessageContaining(unknown + " ").hasMessageContaining(" " + nearest + ".");
    }

    @Test
    void namesAllThatIsUnknownAtOnce() {
        properties.put("deprovisioner.wrokers", "1");
        properties.put("deprovisioner.dedline", "1h");
        variables.put("DEPROVISIONER_POLCY", "1");
        assertRefused()
                .hasMessageContainingAll("deprovisioner.wrokers", "deprovisioner.dedline", "DEPROVISIONER_POLCY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deprovisioner.upstream.rateLimit.requests",
                "deprovisioner.webhook.secrets[0]",
                "deprovisioner.security.callers[0].principal",
                "deprovisioner.security.callers[0].groups[1]",
                "deprovisioner.upstream.max_concurrency",
                "deprovisioners.own",
                "spring.anything"
            })
    void knowsEveryWayToWriteAProperty(String name) {
        properties.put(name, "1");
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DEPROVISIONER_UPSTREAM_RATE_LIMIT_REQUESTS",
                "DEPROVISIONER_UPSTREAM_RATELIMIT_REQUESTS",
                "DEPROVISIONER_WEBHOOK_SECRETS_0",
                "DEPROVISIONER_SECURITY_CALLERS_0_PRINCIPAL",
                "DEPROVISIONER_SECURITY_CALLERS_0_GROUPS_1",
                "deprovisioner.workers",
                "deprovisioner_workers"
            })
    void knowsEveryWayToWriteAVariable(String name) {
        variables.put(name, "1");
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DEPROVISIONER_SERVICE_HOST",
                "DEPROVISIONER_SERVICE_PORT",
                "DEPROVISIONER_SERVICE_PORT_HTTP",
                "DEPROVISIONER_PORT",
                "DEPROVISIONER_PORT_8080_TCP",
                "DEPROVISIONER_PORT_8080_TCP_ADDR",
                "DEPROVISIONER_MANAGEMENT_SERVICE_HOST"
            })
    void leavesAloneWhatKubernetesSetsForAServiceOfThisName(String variable) {
        variables.put(variable, "10.0.0.1");
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void leavesAloneAGroupWhoseSettingsAreAllCommentedOut() {
        properties.put("deprovisioner.policy", "");
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void namesEverythingThatIsMissingAtOnce() {
        properties.keySet().removeIf(name -> !name.endsWith("base-url"));
        properties.put("deprovisioner.upstream.client-id", " ");
        assertRefused()
                .hasMessageContainingAll(
                        "deprovisioner.upstream.client-id (or deprovisioner.upstream.bearer-token-file)",
                        "deprovisioner.upstream.client-secret (or deprovisioner.upstream.bearer-token-file)",
                        "spring.security.oauth2.resourceserver.jwt.issuer-uri")
                .hasMessageNotContainingAny("base-url", "token-uri");
    }

    @Test
    void needsNoClientWhereATokenComesFromAFile() {
        properties.keySet().removeIf(name -> name.contains(".client-") || name.endsWith("token-uri"));
        properties.put("deprovisioner.upstream.bearer-token-file", "/run/secrets/upstream-token");
        assertThatCode(this::check).doesNotThrowAnyException();
    }
}
