package dev.deprovisioner.deprovision;

import dev.deprovisioner.setting.InvalidSetting;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param retention How long a run is kept, from its end, at least 2d and at least deprovisioner.snapshot.retention.
 *     Then it is purged with its deliveries, with an audit entry. A run whose delivery is pending is kept until that
 *     has ended.
 */
@ConfigurationProperties("deprovisioner.run")
record RunProperties(@DefaultValue("365d") Duration retention) {

    /** A run outlives the Idempotency-Key that it was requested with. */
    private static final Duration SHORTEST = Duration.ofDays(2);

    RunProperties {
        if (retention.compareTo(SHORTEST) < 0) {
            throw new InvalidSetting(
                    "deprovisioner.run.retention must be at least 2d.", "Set it to, for example, 365d.");
        }
    }

    /** @throws InvalidSetting if a run would be purged before its snapshot */
    void requireAtLeast(SnapshotProperties snapshot) {
        if (retention.compareTo(snapshot.retention()) < 0) {
            throw new InvalidSetting(
                    "deprovisioner.run.retention must not be shorter than deprovisioner.snapshot.retention.",
                    "Set deprovisioner.snapshot.retention to at most " + retention.toSeconds() + "s.");
        }
    }
}
