package dev.deprovisioner.webhook;

import dev.deprovisioner.setting.InvalidSetting;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param url The receiver, without user and password. If its query has a secret, set it from a Secret as other secrets
 *     are. Without a receiver, the run skips SYNC_DIRECTORY and says so.
 * @param secrets The keys that sign deliveries, each whsec_ and the base64 of 24 to 64 bytes. Required with a URL; every
 *     secret of the list signs, so set the new and the old one while rotating.
 * @param events The events that the receiver gets: group_deprovisioned, group_restored, group_deprovision_blocked,
 *     group_deprovision_failed. Without group_deprovisioned, the run skips SYNC_DIRECTORY and says so.
 * @param sslBundle The SSL bundle (spring.ssl.bundle) with the authorities that sign the receiver's certificate, and the
 *     certificate that this service shows. The JDK's authorities unless set.
 * @param timeout Bounds one try as a whole, from connecting to the answer's end; at most 15s.
 */
@ConfigurationProperties("deprovisioner.webhook")
record WebhookProperties(
        @Nullable URI url,
        @DefaultValue List<String> secrets,

        @DefaultValue({"group_deprovisioned", "group_restored"})
        Set<WebhookEventType> events,

        @Nullable String sslBundle,
        @DefaultValue("5s") Duration timeout) {

    private static final String EXAMPLE = "Set it to, for example, whsec_ followed by the output of"
            + " \"openssl rand -base64 32\"; two values, separated by a comma, while rotating.";

    WebhookProperties {
        url = url == null || url.toString().isBlank() ? null : url;
        secrets = secrets.stream().filter(secret -> !secret.isBlank()).toList();
        events = Set.copyOf(events);
        requireUrl(url);
        if (events.isEmpty()) {
            throw new InvalidSetting(
                    "deprovisioner.webhook.events names no event.",
                    "Set it to, for example, group_deprovisioned,group_restored; to send no webhooks, remove the URL.");
        }
        if (url != null && secrets.isEmpty()) {
            throw new InvalidSetting("deprovisioner.webhook.secrets is missing: every delivery is signed.", EXAMPLE);
        }
        if (!secrets.stream().allMatch(Signature::isSecret)) {
            throw new InvalidSetting(
                    "deprovisioner.webhook.secrets must be whsec_ and the base64 of 24 to 64 bytes.", EXAMPLE);
        }
        if (!timeout.isPositive() || timeout.compareTo(Duration.ofSeconds(15)) > 0) {
            throw new InvalidSetting(
                    "deprovisioner.webhook.timeout must be longer than 0 and at most 15s.",
                    "Set it to, for example, 5s.");
        }
    }

    /** Whether there is a receiver that gets this event. */
    boolean isSubscribed(WebhookEventType event) {
        return url != null && events.contains(event);
    }

    private static void requireUrl(@Nullable URI url) {
        if (url == null) {
            return;
        }
        if (String.valueOf(url.getRawAuthority()).contains("@")) {
            throw new InvalidSetting(
                    "deprovisioner.webhook.url has a user or a password, which this service does not send.",
                    "Remove what stands before the @; the receiver knows each delivery by its signature.");
        }
        if (url.getHost() == null || !List.of("http", "https").contains(url.getScheme())) {
            throw new InvalidSetting(
                    "deprovisioner.webhook.url must be an absolute http(s) URL.",
                    "Set it to, for example, https://directory.example.com/webhooks/genesys.");
        }
    }

    /** Without path and query, which may have a secret. */
    @Override
    public String toString() {
        return "WebhookProperties[url=" + (url == null ? "none" : url.getScheme() + "://" + url.getHost()) + "]";
    }
}
