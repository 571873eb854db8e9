package dev.deprovisioner.webhook;

import java.util.Locale;

/** What a receiver can be told of. */
public enum Event {
    GROUP_DEPROVISIONED,
    GROUP_RESTORED,
    GROUP_DEPROVISION_BLOCKED,
    GROUP_DEPROVISION_FAILED;

    /** As receivers and settings name it. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
