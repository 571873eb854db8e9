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
