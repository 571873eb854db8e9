package dev.deprovisioner.deprovision.web;

import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.problem.RequestProblems;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ValueRange;
import org.jspecify.annotations.Nullable;

/** Checks texts of a body or of the query. */
final class RequestValues {

    static final int MAX_NAME = 255;

    /**
     * No control character, no separator of lines or paragraphs, and no format character of the basic plane, which may hide or
     * reorder text; other languages read it as Java does.
     */
    static final String ONE_LINE = "^[^\\u0000-\\u001F\\u007F-\\u009F\\u00AD\\u0600-\\u0605\\u061C\\u06DD\\u070F\\u0890"
            + "\\u0891\\u08E2\\u180E\\u200B-\\u200F\\u2028-\\u202E\\u2060-\\u2064\\u2066-\\u206F\\uFEFF\\uFFF9-\\uFFFB]*$";

    private static final ValueRange YEARS = ValueRange.of(0, 9999);

    private RequestValues() {}

    /** @throws ProblemException if it is longer, or not one line */
    static void requireText(String name, @Nullable String text, int max) {
        if (text != null && (text.length() > max || !isOneLine(text))) {
            throw new ProblemException(RequestProblems.textInvalid(name, max));
        }
    }

    private static boolean isOneLine(String text) {
        return text.matches(ONE_LINE) && text.codePoints().noneMatch(RequestValues::isUnreadable);
    }

    private static boolean isUnreadable(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.SURROGATE || type == Character.FORMAT;
    }

    /**
     * A date-time with an offset and a year of four digits (RFC 3339).
     *
     * @throws ProblemException if the text is no such time
     */
    static @Nullable Instant time(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            var time = OffsetDateTime.parse(text);
            YEARS.checkValidValue(time.getYear(), ChronoField.YEAR);
            return time.toInstant();
        } catch (DateTimeException e) {
            throw new ProblemException(RequestProblems.timeInvalid(name));
        }
    }
}
