package dev.deprovisioner.chaos;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What the service promises, and how it shows that it did not keep it. */
enum Promise {
    EVERY_ACCEPTED_RUN_ENDS,
    NOTHING_DESTRUCTIVE_WITHOUT_INTENT_AND_READ,
    ONE_ACTIVE_RUN_A_GROUP,
    ONE_AUDIT_ENTRY_EACH,
    EVERY_WEBHOOK_IS_DELIVERED,
    RATE_LIMIT_IS_HELD,
    DELETED_IS_CONFIRMED,
    REMOVALS_ARE_COUNTED;

    /** @param group which one it is about; empty if about all */
    record Finding(String group, String what) {}

    record Breach(Promise promise, String group, String what) {}

    static List<Breach> breaches(Evidence evidence) {
        return Arrays.stream(values())
                .flatMap(promise ->
                        promise.findings(evidence).map(finding -> new Breach(promise, finding.group(), finding.what())))
                .toList();
    }

    private Stream<Finding> findings(Evidence evidence) {
        return switch (this) {
            case EVERY_ACCEPTED_RUN_ENDS -> RunsEnd.findings(evidence);
            case NOTHING_DESTRUCTIVE_WITHOUT_INTENT_AND_READ ->
                Stream.of(
                                DestructiveRequests.findings(evidence),
                                Effects.findings(evidence),
                                Listing.findings(evidence))
                        .flatMap(findings -> findings);
            case ONE_ACTIVE_RUN_A_GROUP -> OneActiveRun.findings(evidence);
            case ONE_AUDIT_ENTRY_EACH -> AuditEntries.findings(evidence);
            case EVERY_WEBHOOK_IS_DELIVERED -> Webhooks.findings(evidence);
            case RATE_LIMIT_IS_HELD -> Pace.findings(evidence);
            case DELETED_IS_CONFIRMED -> Confirmations.findings(evidence);
            case REMOVALS_ARE_COUNTED -> Counts.findings(evidence);
        };
    }
}
