package dev.deprovisioner.connection;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Shows the latest check, and makes none. A result may be old, so a bad one has a status of its own: the health of the
 * process as a whole does not count it, and no probe fails because of it.
 */
@Component
class UpstreamHealthIndicator extends AbstractHealthIndicator {

    private final ConnectionCheck check;

    UpstreamHealthIndicator(ConnectionCheck check) {
        super("The latest check of the connection cannot be shown");
        this.check = check;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        check.latest()
                .ifPresentOrElse(
                        report -> show(report, health),
                        () -> health.unknown().withDetail("check", "none yet: GET /upstream makes one"));
    }

    private static void show(ConnectionReport report, Health.Builder health) {
        health.status(status(report.status()))
                .withDetail("result", report.status())
                .withDetail("checkedAt", report.checkedAt())
                .withDetail("notOk", report.troubles());
    }

    private static Status status(FindingStatus result) {
        return switch (result) {
            case OK, WARNING -> Status.UP;
            case FAILED -> new Status(result.name());
        };
    }
}
