package dev.deprovisioner.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The documents that show figures of a report.
 *
 * @param project its directory
 */
record Publication(Path project) {

    /**
     * @param whole whether all is measured in full
     * @throws IllegalStateException if the figures would not be worth publishing
     */
    static void requirePublishable(Machine machine, boolean whole) {
        if (!whole) {
            throw new IllegalStateException(
                    "The documents show all figures of the full form. Leave out benchmark.quick and"
                            + " benchmark.only, or benchmark.write.");
        }
        if (machine.isBusy()) {
            throw new IllegalStateException("The documents show no figures of a busy machine, and other processes use "
                    + machine.busyText() + ". Run the benchmark alone on the machine, or without benchmark.write.");
        }
    }

    void write(Report report) {
        new Readme(project.resolve("README.md")).show(report);
        report.plot(Replicas.PLOT).ifPresent(plot -> {
            try {
                Files.writeString(project.resolve("docs").resolve(plot.file()), plot.svg());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
