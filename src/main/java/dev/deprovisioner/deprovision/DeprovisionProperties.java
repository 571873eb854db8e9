package dev.deprovisioner.deprovision;

import dev.deprovisioner.problem.InvalidSetting;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param deadline from the first start of a run to giving up
 * @param workers runs at once in this process
 */
@ConfigurationProperties("deprovisioner")
record DeprovisionProperties(
        @DefaultValue("24h") Duration deadline,
        @DefaultValue("8") int workers) {

    DeprovisionProperties {
        if (!deadline.isPositive()) {
            throw new InvalidSetting("deprovisioner.deadline must be longer than 0.", "Set it to, for example, 24h.");
        }
        if (workers < 1) {
            throw new InvalidSetting("deprovisioner.workers must be at least 1.", "Set it to, for example, 8.");
        }
    }
}
