package dev.deprovisioner.database;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Drops the records of libraries that would log an unavailable database, with its stack, at each of their attempts, and
 * reports their failures. Of the requests that fail for it, it leaves the record of one until {@link #allowRequest}.
 */
final class RepeatedFailures extends TurboFilter {

    private static final List<String> LIBRARIES = List.of(
            "com.github.kagkarlsson.",
            "com.zaxxer.hikari.",
            "org.springframework.boot.jdbc.health.",
            "org.springframework.jdbc.support.",
            "org.springframework.scheduling.",
            "org.springframework.transaction.");

    /** The pool's record for each connection that has ended, which has the failure as a text only. */
    private static final String ENDED = "{} - Failed to validate connection";

    /** How the record begins that a request has failed for it. */
    private static final String REQUEST = "Request failed: {}, the database is unavailable";

    private final Consumer<SQLException> outages;
    private final AtomicBoolean requestAllowed = new AtomicBoolean(true);

    /** @param outages takes each failure that was dropped and is no mere end of a session or connection */
    RepeatedFailures(Consumer<SQLException> outages) {
        this.outages = outages;
    }

    /** Lets the next failed request be logged. */
    void allowRequest() {
        requestAllowed.set(true);
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            @Nullable Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        // Logback asks for each record, also of levels that are off.
        return isRepeatedRequest(format) || (isOfLibrary(logger, level) && isDropped(format, arguments, thrown))
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }

    private boolean isRepeatedRequest(@Nullable String format) {
        return format != null && format.startsWith(REQUEST) && !requestAllowed.getAndSet(false);
    }

    private static boolean isOfLibrary(Logger logger, Level level) {
        return level.isGreaterOrEqual(Level.WARN) && LIBRARIES.stream().anyMatch(logger.getName()::startsWith);
    }

    private boolean isDropped(
            @Nullable String format, @Nullable Object @Nullable [] arguments, @Nullable Throwable thrown) {
        var failure = DatabaseFailure.unavailability(thrown != null ? thrown : lastOf(arguments));
        if (failure != null && !DatabaseFailure.isMereEnd(failure)) {
            outages.accept(failure);
        }
        return failure != null || isAboutConnection(format);
    }

    private static boolean isAboutConnection(@Nullable String format) {
        return format != null && format.startsWith(ENDED);
    }

    private static @Nullable Throwable lastOf(@Nullable Object @Nullable [] arguments) {
        return arguments != null && arguments.length > 0 && arguments[arguments.length - 1] instanceof Throwable last
                ? last
                : null;
    }
}
