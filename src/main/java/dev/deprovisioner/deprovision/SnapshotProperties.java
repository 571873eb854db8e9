package dev.deprovisioner.deprovision;

import dev.deprovisioner.setting.InvalidSetting;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param retention How long personal data of a run is kept, from its end. It is the snapshot of the group (ids of
 *     the members), blockers, the provider's own words, reason and on-behalf-of. Then it is purged, with an audit
 *     entry. Audit entries keep on-behalf-of and reason for deprovisioner.audit.retention.
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
