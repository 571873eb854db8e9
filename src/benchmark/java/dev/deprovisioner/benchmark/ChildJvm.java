package dev.deprovisioner.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A main class of the tests in a JVM of its own. It prints a line when it is ready, and one for each that it gets. */
final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final File errors;
    private final BufferedReader output;
    private final String firstLine;

    private ChildJvm(Process process, File errors) {
        this.process = process;
        this.errors = errors;
        this.output = process.inputReader(UTF_8);
        this.firstLine = readLine();
    }

    /** Returns when it is ready. */
    static ChildJvm start(Path directory, Class<?> main, String... arguments) {
        var command = new ArrayList<>(List.of(Jvm.JAVA));
        command.addAll(Jvm.OPTIONS);
        // No baseline spends its time on a log.
        command.add("-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        var errors = directory.resolve(main.getSimpleName() + ".log").toFile();
        try {
            return new ChildJvm(
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.appendTo(errors))
                            .start(),
                    errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String firstLine() {
        return firstLine;
    }

    /** @return what came of this order */
    String ask(String order) {
        try {
            var input = process.outputWriter(UTF_8);
            input.write(order + "\n");
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return readLine();
    }

    private String readLine() {
        try {
            var line = output.readLine();
            if (line == null) {
                throw new IllegalStateException("The process has ended: " + Files.readString(errors.toPath()));
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
