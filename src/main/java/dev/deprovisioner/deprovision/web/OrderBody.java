package dev.deprovisioner.deprovision.web;

import dev.deprovisioner.deprovision.IdempotencyKey;
import dev.deprovisioner.deprovision.Order;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.problem.ProblemType;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AdditionalPropertiesValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of a POST; every member may be left out.
 *
 * @param reason why, for the audit trail
 * @param onBehalfOf for whom
 * @param notBefore when to start at the earliest, a date-time with an offset (RFC 3339), at most a year ahead
 * @param again take the group out anew although that has succeeded before
 */
@Schema(name = "Order", additionalProperties = AdditionalPropertiesValue.FALSE)
record OrderBody(
        @Schema(maxLength = OrderBody.MAX_REASON, pattern = OrderBody.ONE_LINE) @Nullable
        String reason,

        @Schema(maxLength = OrderBody.MAX_NAME, pattern = OrderBody.ONE_LINE) @Nullable
        String onBehalfOf,

        @Schema(format = "date-time") @Nullable String notBefore,
        @Nullable Boolean again) {

    private static final int MAX_REASON = 1000;
    private static final int MAX_NAME = 255;
    /** No control character and no separator of lines or paragraphs; other languages read it as Java does. */
    private static final String ONE_LINE = "^[^\\u0000-\\u001F\\u007F-\\u009F\\u2028\\u2029]*$";

    private static final Duration FURTHEST = Duration.ofDays(365);

    OrderBody {
        requireText("reason", reason, MAX_REASON);
        requireText("onBehalfOf", onBehalfOf, MAX_NAME);
    }

    static OrderBody orEmpty(@Nullable OrderBody body) {
        return body == null ? new OrderBody(null, null, null, null) : body;
    }

    /**
     * @param caller who sent it
     * @param key under which, or null
     */
    Order by(String caller, @Nullable IdempotencyKey key, Instant now) {
        var start = notBefore == null ? null : parsed(notBefore);
        if (start != null && start.isAfter(now.plus(FURTHEST))) {
            throw invalid("notBefore is more than " + FURTHEST.toDays() + " days ahead.", "Choose an earlier time.");
        }
        // A time that has passed is as good as none, but not every one of them can be stored.
        if (start != null && start.isBefore(Instant.EPOCH)) {
            throw invalid("notBefore is before 1970.", "Leave it out, to start at once.");
        }
        return new Order(caller, onBehalfOf, reason, start, Boolean.TRUE.equals(again), key);
    }

    private static Instant parsed(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException e) {
            throw invalid("notBefore is no date-time.", "Write it as, for example, 2026-12-01T08:00:00Z.");
        }
    }

    private static void requireText(String name, @Nullable String text, int max) {
        if (text != null && (text.length() > max || !isOneLine(text))) {
            throw invalid(
                    name + " has at most " + max + " characters, and no control characters.", "Shorten or clean it.");
        }
    }

    private static boolean isOneLine(String text) {
        return text.matches(ONE_LINE) && text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }

    private static ProblemException invalid(String detail, String remedy) {
        return new ProblemException(new Problem(ProblemType.INVALID_REQUEST, detail, remedy));
    }
}
