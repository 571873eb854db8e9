package dev.deprovisioner.soak;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;

/** What has to be true of a series. No bound holds for a series that was never measured. */
public sealed interface Bound {

    /** @param load how long the test put load on the service; points may follow */
    Verdict judge(Series series, Duration load);

    /** Whether a bound held, in words for the report. */
    record Verdict(String series, String bound, String measured, boolean held) {

        private static Verdict of(Series series, String bound, OptionalDouble measured, double limit) {
            return new Verdict(series.name(), bound, text(measured), measured.orElse(Double.NaN) <= limit);
        }
    }

    /** At every moment. */
    record AtMost(double limit) implements Bound {

        @Override
        public Verdict judge(Series series, Duration load) {
            return Verdict.of(series, "at most " + text(limit) + " at any time", series.highest(), limit);
        }
    }

    /** At the last moment. */
    record AtMostAtTheEnd(double limit) implements Bound {

        @Override
        public Verdict judge(Series series, Duration load) {
            return Verdict.of(series, "at most " + text(limit) + " at the end", series.last(), limit);
        }
    }

    /**
     * The median of the last fifth of the load is not above that of the second fifth times a factor. The first fifth is
     * for starting up.
     */
    record NoGrowth(double factor) implements Bound {

        @Override
        public Verdict judge(Series series, Duration load) {
            var before = series.median(load.dividedBy(5), load.multipliedBy(2).dividedBy(5));
            var after = series.median(load.multipliedBy(4).dividedBy(5), load);
            boolean held = after.orElse(Double.NaN) <= before.orElse(Double.NaN) * factor;
            return new Verdict(
                    series.name(),
                    "median of the last fifth at most " + text(factor) + " times that of the second",
                    text(before) + " → " + text(after),
                    held);
        }
    }

    private static String text(OptionalDouble value) {
        return value.isEmpty() ? "never measured" : text(value.getAsDouble());
    }

    private static String text(double value) {
        return value == Math.rint(value) ? "%,d".formatted((long) value) : String.format(Locale.ROOT, "%.2f", value);
    }
}
