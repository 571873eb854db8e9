package dev.deprovisioner.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Prometheus' own tool; a test that needs it is skipped, and says so, where it is not installed. */
public final class Promtool {

    private Promtool() {}

    /** How it ended, and what it said. */
    public record Result(int status, String output) {}

    public static Result run(String... arguments) {
        return run(Path.of("/dev/null"), arguments);
    }

    /** @param input what it reads from its standard input */
    public static Result run(Path input, String... arguments) {
        Assumptions.assumeTrue(isInstalled(), "promtool is not installed (a part of Prometheus)");
        var command = new ArrayList<>(List.of("promtool"));
        command.addAll(Arrays.asList(arguments));
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(input.toFile())
                    .start();
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean isInstalled() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "promtool")));
    }
}
