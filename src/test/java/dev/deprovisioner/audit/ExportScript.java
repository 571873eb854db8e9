package dev.deprovisioner.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The script that verifies an export. One process runs it again and again, because Python takes long to start. */
final class ExportScript implements AutoCloseable {

    private static final Path RUN_EACH = Path.of("src/test/scripts/run_each.py").toAbsolutePath();

    private final Path input;
    private final Path output;
    private final Process process;
    private final Writer runs;
    private final BufferedReader statuses;

    /** One run of the script: its exit status and what it printed. */
    record Answer(int status, String text) {}

    private record Invocation(List<String> arguments, Map<String, String> environment, String input, String output) {}

    /** @param directory for its files */
    ExportScript(Path directory, String script) throws IOException {
        this.input = directory.resolve("export.ndjson");
        this.output = directory.resolve("output.txt");
        var file = Files.writeString(directory.resolve("verify.py"), script);
        this.process = new ProcessBuilder("python3", RUN_EACH.toString(), file.toString())
                .redirectError(Redirect.INHERIT)
                .start();
        this.runs = process.outputWriter(UTF_8);
        this.statuses = process.inputReader(UTF_8);
    }

    /**
     * Runs it over an export.
     *
     * @param keys encoded, separated by commas; null for none
     */
    Answer run(List<String> lines, @Nullable String keys, String... anchors) {
        var environment = keys == null ? Map.<String, String>of() : Map.of("AUDIT_KEYS", keys);
        var invocation = new Invocation(List.of(anchors), environment, input.toString(), output.toString());
        try {
            Files.writeString(input, String.join("\n", lines) + "\n");
            runs.write(JsonMapper.shared().writeValueAsString(invocation) + "\n");
            runs.flush();
            int status = Integer.parseInt(Objects.requireNonNull(statuses.readLine(), "Python has ended"));
            return new Answer(status, Files.readString(output).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without input, it ends. */
    @Override
    public void close() throws IOException {
        runs.close();
        process.onExit().join();
    }
}
