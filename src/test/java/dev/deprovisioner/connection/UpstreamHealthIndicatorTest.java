package dev.deprovisioner.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** The health shows the latest check, and no old result takes the process down. */
class UpstreamHealthIndicatorTest {

    private static final Instant NOW = Instant.parse("2026-12-01T08:00:00Z");

    private final ConnectionCheck check = mock();

    private Health healthAfter(Finding... findings) {
        given(check.latest()).willReturn(Optional.of(new ConnectionReport(NOW, null, List.of(findings), null)));
        return new UpstreamHealthIndicator(check).health();
    }

    private static Status ofProcess(Health health) {
        return StatusAggregator.getDefault().getAggregateStatus(Status.UP, health.getStatus());
    }

    @Test
    void isUnknownBeforeTheFirstCheck() {
        given(check.latest()).willReturn(Optional.empty());

        var health = new UpstreamHealthIndicator(check).health();

        assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
        assertThat(health.getDetails()).containsKey("check");
        assertThat(ofProcess(health)).isEqualTo(Status.UP);
    }

    @Test
    void isUpWithWarningsAndNamesThem() {
        var health = healthAfter(
                GroupFindings.shown(), GroupFindings.absent(), GroupFindings.absent(), GroupFindings.version(null));

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails())
                .isEqualTo(Map.of("result", FindingStatus.WARNING, "checkedAt", NOW, "notOk", List.of("group-absent")));
    }

    @Test
    void isFailedWithoutTakingTheProcessDown() {
        var health = healthAfter(GroupFindings.shown(), Finding.failed(FindingCode.TOKEN_FAILED, "No token.", null));

        assertThat(health.getStatus()).isEqualTo(new Status("FAILED"));
        assertThat(health.getDetails()).containsEntry("notOk", List.of("token-failed"));
        assertThat(ofProcess(health)).isEqualTo(Status.UP);
    }
}
