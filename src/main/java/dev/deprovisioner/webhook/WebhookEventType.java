package dev.deprovisioner.webhook;

import java.util.Locale;

/** The events that a receiver can be notified of. */
public enum WebhookEventType {
    GROUP_DEPROVISIONED,
    GROUP_RESTORED,
    GROUP_DEPROVISION_BLOCKED,
    GROUP_DEPROVISION_FAILED;

    /** As receivers and settings name it. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
