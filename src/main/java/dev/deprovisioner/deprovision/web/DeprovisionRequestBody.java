package dev.deprovisioner.deprovision.web;

import dev.deprovisioner.deprovision.DeprovisionCommand;
import dev.deprovisioner.deprovision.IdempotencyKey;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.problem.RequestProblems;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AdditionalPropertiesValue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of a POST; every member is optional.
 *
 * @param reason the reason for the request, for the audit trail
 * @param onBehalfOf the person on whose behalf the caller acts
 * @param notBefore the earliest start, a date-time with an offset (RFC 3339), at most a year ahead
 * @param again start a new run even if the latest run succeeded
 */
@Schema(name = "Order", additionalProperties = AdditionalPropertiesValue.FALSE)
record DeprovisionRequestBody(
        @Schema(maxLength = DeprovisionRequestBody.MAX_REASON, pattern = RequestValues.ONE_LINE) @Nullable
        String reason,

        @Schema(maxLength = RequestValues.MAX_NAME, pattern = RequestValues.ONE_LINE) @Nullable
        String onBehalfOf,

        @Schema(format = "date-time") @Nullable String notBefore,
        @Nullable Boolean again) {

    static final int MAX_REASON = 1000;
    private static final Duration FURTHEST = Duration.ofDays(365);

    DeprovisionRequestBody {
        RequestValues.requireText("reason", reason, MAX_REASON);
        RequestValues.requireText("onBehalfOf", onBehalfOf, RequestValues.MAX_NAME);
    }

    static DeprovisionRequestBody orEmpty(@Nullable DeprovisionRequestBody body) {
        return body == null ? new DeprovisionRequestBody(null, null, null, null) : body;
    }

    /**
     * @param caller who sent it
     * @param key under which, or null
     */
    DeprovisionCommand by(Caller caller, @Nullable IdempotencyKey key, Instant now) {
        var start = start();
        if (start != null && start.isAfter(now.plus(FURTHEST))) {
            throw new ProblemException(RequestProblems.startTooLate(FURTHEST.toDays()));
        }
        // A time that has passed is as good as none, but not every one of them can be stored.
        if (start != null && start.isBefore(Instant.EPOCH)) {
            throw new ProblemException(RequestProblems.startTooEarly());
        }
        return new DeprovisionCommand(caller, onBehalfOf, reason, start, Boolean.TRUE.equals(again), key);
    }

    /** In whole milliseconds, as they are stored. */
    private @Nullable Instant start() {
        var start = RequestValues.time("notBefore", notBefore);
        return start == null ? null : start.truncatedTo(ChronoUnit.MILLIS);
    }
}
