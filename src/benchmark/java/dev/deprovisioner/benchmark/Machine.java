package dev.deprovisioner.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Where and when a report was made.
 *
 * @param busy the part of its cores that other processes used before the start, from 0 to 1
 */
record Machine(LocalDate date, String processor, int cores, String java, double busy) {

    /** A build has just ended, so the load average says nothing yet. */
    private static final Duration WATCHED = Duration.ofSeconds(5);

    private static final double MOST_BUSY = 0.25;

    static Machine here() {
        return new Machine(
                LocalDate.now(ZoneOffset.UTC),
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                "JDK " + Runtime.version(),
                busyPart());
    }

    private static double busyPart() {
        var before = processorTime();
        LockSupport.parkNanos(WATCHED.toNanos());
        return processorTime().busySince(before);
    }

    private static ProcessorTime processorTime() {
        return ProcessorTime.of(read(Path.of("/proc/stat")));
    }

    private static String processorName() {
        return read(Path.of("/proc/cpuinfo"))
                .lines()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.replaceFirst("^[^:]*: *", ""))
                .findFirst()
                .orElse("unknown processor");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether others use so much of it that a comparison says little. */
    boolean isBusy() {
        return busy > MOST_BUSY;
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "%s, %s, %d cores for the service, its callers, the provider and PostgreSQL, %s. Busy before the start: %s.",
                date,
                processor,
                cores,
                java,
                busyText());
    }

    String busyText() {
        return Math.round(100 * busy) + " % of the cores";
    }
}
