package dev.deprovisioner.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The events that the receiver subscribes to, as operators write them. */
class WebhookPropertiesTest {

    private static WebhookProperties bound(String... events) {
        var settings = new MapConfigurationPropertySource(Map.of(
                "deprovisioner.webhook.url", "https://directory.example.com/webhooks",
                "deprovisioner.webhook.secrets", "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="));
        for (var names : events) {
            settings.put("deprovisioner.webhook.events", names);
        }
        return new Binder(settings).bindOrCreate("deprovisioner.webhook", WebhookProperties.class);
    }

    @Test
    void subscribesToSuccessByDefault() {
        assertThat(bound().events())
                .containsExactlyInAnyOrder(WebhookEventType.GROUP_DEPROVISIONED, WebhookEventType.GROUP_RESTORED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "group_deprovision_blocked,group_deprovision_failed",
                "group-deprovision-failed, group-deprovision-blocked",
                "GROUP_DEPROVISION_BLOCKED,GROUP_DEPROVISION_FAILED,group_deprovision_failed"
            })
    void takesNamesAsReceiversKnowThem(String names) {
        assertThat(bound(names).events())
                .containsExactlyInAnyOrder(
                        WebhookEventType.GROUP_DEPROVISION_BLOCKED, WebhookEventType.GROUP_DEPROVISION_FAILED);
    }

    @Test
    void refusesAListOfNothing() {
        assertThatThrownBy(() -> bound("")).rootCause().hasMessageContaining("deprovisioner.webhook.events");
    }

    @Test
    void subscribesToNothingWithoutAUrl() {
        var withoutUrl = new Binder(new MapConfigurationPropertySource())
                .bindOrCreate("deprovisioner.webhook", WebhookProperties.class);

        assertThat(WebhookEventType.values()).noneMatch(withoutUrl::isSubscribed);
    }

    private static WebhookProperties boundTo(String url) {
        return new Binder(new MapConfigurationPropertySource(Map.of(
                        "deprovisioner.webhook.url",
                        url,
                        "deprovisioner.webhook.secrets",
                        "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")))
                .bindOrCreate("deprovisioner.webhook", WebhookProperties.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:c4nary@directory.example.com/hook",
                "https://c4nary@directory.example.com/hook",
                "https://user:c4nary%40@directory.example.com:8443/",
                "http://user:c4nary@under_score/hook"
            })
    void refusesCredentialsThatItWouldNotSend(String url) {
        assertThatThrownBy(() -> boundTo(url))
                .rootCause()
                .hasMessageContaining("deprovisioner.webhook.url has a user or a password")
                .hasMessageNotContaining("c4nary");
    }

    @Test
    void showsNoSecretOfTheUrl() {
        assertThat(boundTo("https://directory.example.com/hooks/c4nary?token=c4nary@x"))
                .hasToString("WebhookProperties[url=https://directory.example.com]");
    }
}
