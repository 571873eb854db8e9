package dev.deprovisioner.connection;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.upstream.ratelimit.RateBudget;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of one check.
 *
 * @param groupId the group that was asked for; null for none
 * @param budget the rest of the provider's rate limit at that time; null if it is not known
 */
record ConnectionReport(
        Instant checkedAt,
        @Nullable GroupId groupId,
        List<Finding> findings,
        @Nullable RateBudget budget) {

    ConnectionReport {
        findings = List.copyOf(findings);
    }

    /** That of the worst finding. */
    FindingStatus status() {
        return findings.stream()
                .map(Finding::status)
                .max(Comparator.naturalOrder())
                .orElse(FindingStatus.OK);
    }

    /** The codes of all findings that are not OK, each once. */
    List<String> troubles() {
        return findings.stream()
                .filter(finding -> finding.status() != FindingStatus.OK)
                .map(finding -> finding.code().word())
                .distinct()
                .toList();
    }
}
