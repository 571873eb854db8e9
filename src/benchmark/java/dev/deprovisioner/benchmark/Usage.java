package dev.deprovisioner.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** What a process has used, as Linux counts it. */
record Usage(long pid) {

    /** Since it began, of all its threads. */
    Duration processorTime() {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow();
    }

    /** Since it began. */
    Duration age() {
        var start = ProcessHandle.of(pid).flatMap(process -> process.info().startInstant());
        return Duration.between(start.orElseThrow(), Instant.now());
    }

    /** Resident now, in MB. */
    double residentMegabytes() {
        return megabytes("VmRSS:");
    }

    /** The most that was resident since {@link #forgetPeak()}, in MB. */
    double peakMegabytes() {
        return megabytes("VmHWM:");
    }

    void forgetPeak() {
        try {
            Files.writeString(Path.of("/proc/" + pid + "/clear_refs"), "5");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private double megabytes(String label) {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith(label))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1024 / 1e6)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
