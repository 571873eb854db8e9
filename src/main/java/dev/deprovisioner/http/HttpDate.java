package dev.deprovisioner.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the three forms of a date in HTTP (RFC 9110, section 5.6.7); the day of the week says nothing and is skipped. */
final class HttpDate {

    private static final int LONGEST = 100;
    private static final int YEARS_AHEAD = 50;

    private HttpDate() {}

    /** @param now two digits of a year are those of a year at most 50 years from now */
    static Optional<Instant> parse(String text, Instant now) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        var date = text.strip().replaceAll("\\s++", " ").replaceFirst("^[A-Za-z]{3,9},? ", "");
        return forms(now).flatMap(form -> read(form, date).stream()).findFirst();
    }

    private static Stream<DateTimeFormatter> forms(Instant now) {
        return Stream.of(
                        form().appendPattern("d MMM uuuu HH:mm:ss 'GMT'"),
                        form().appendPattern("d-MMM-")
                                .appendValueReduced(ChronoField.YEAR, 2, 2, earliestYear(now))
                                .appendPattern(" HH:mm:ss 'GMT'"),
                        form().appendPattern("MMM d HH:mm:ss uuuu"))
                .map(form -> form.toFormatter(Locale.ENGLISH));
    }

    private static DateTimeFormatterBuilder form() {
        return new DateTimeFormatterBuilder().parseCaseInsensitive();
    }

    private static int earliestYear(Instant now) {
        return now.atOffset(ZoneOffset.UTC).getYear() + YEARS_AHEAD - 99;
    }

    private static Optional<Instant> read(DateTimeFormatter form, String date) {
        try {
            return Optional.of(LocalDateTime.parse(date, form).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
