package dev.deprovisioner.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Where and when a report was made. */
record Machine(LocalDate date, String processor, int cores, String java, String load) {

    static Machine here() {
        return new Machine(
                LocalDate.now(ZoneOffset.UTC),
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                "JDK " + Runtime.version(),
                read(Path.of("/proc/loadavg")).split(" ", 2)[0]);
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

    String text() {
        return "%s, %s, %d cores for the service, its callers, the provider and PostgreSQL, %s. Load before the start: %s."
                .formatted(date, processor, cores, java, load);
    }
}
