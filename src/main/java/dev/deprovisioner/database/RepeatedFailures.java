package dev.deprovisioner.database;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/** Drops the records of libraries that would log an unavailable database, with its stack, at each of their attempts. */
final class RepeatedFailures extends TurboFilter {

    private static final List<String> LIBRARIES =
            List.of("com.github.kagkarlsson.", "com.zaxxer.hikari.", "org.springframework.scheduling.");

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            @Nullable Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        return LIBRARIES.stream().anyMatch(logger.getName()::startsWith)
                        && DatabaseFailure.isUnavailability(thrown != null ? thrown : lastOf(arguments))
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }

    private static @Nullable Throwable lastOf(@Nullable Object @Nullable [] arguments) {
        return arguments != null && arguments.length > 0 && arguments[arguments.length - 1] instanceof Throwable last
                ? last
                : null;
    }
}
