package dev.deprovisioner.deprovision;

import dev.deprovisioner.problem.InvalidSetting;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param retention How long it is kept what a group was before it was changed (ids of its members), from the end of its
 *     run; then it is purged, with an audit entry.
 */
@ConfigurationProperties("deprovisioner.snapshot")
record SnapshotProperties(@DefaultValue("30d") Duration retention) {

    SnapshotProperties {
        if (!retention.isPositive()) {
            throw new InvalidSetting(
                    "deprovisioner.snapshot.retention must be longer than 0.", "Set it to, for example, 30d.");
        }
    }
}
