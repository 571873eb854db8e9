package dev.deprovisioner.deprovision;

import dev.deprovisioner.setting.InvalidSetting;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param deadline How long a run may take, from its first start to giving up; at most 365d. At its end a run that
 *     sent something takes a last look before it fails.
 * @param workers How many runs this process works on at once, at least 1. Further ones wait; a waiting run takes no
 *     worker.
 */
@ConfigurationProperties("deprovisioner")
public record DeprovisionProperties(
        @DefaultValue("24h") Duration deadline,
        @DefaultValue("8") int workers) {

    private static final Duration LONGEST_DEADLINE = Duration.ofDays(365);

    public DeprovisionProperties {
        if (!deadline.isPositive() || deadline.compareTo(LONGEST_DEADLINE) > 0) {
            throw new InvalidSetting(
                    "deprovisioner.deadline must be longer than 0 and at most 365d.", "Set it to, for example, 24h.");
        }
        if (workers < 1) {
            throw new InvalidSetting("deprovisioner.workers must be at least 1.", "Set it to, for example, 8.");
        }
    }

    /**
     * The workers reserved for callers that have none: a quarter, rounded up. From six workers on at least three, so that long
     * runs of three callers leave one for a fourth at once. Never more than half.
     */
    public int workersForOthers() {
        return Math.max(Math.min(3, workers / 2), Math.min(workers - 1, Math.ceilDiv(workers, 4)));
    }
}
