package dev.deprovisioner.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines in docs/audit.md that download the trail, as they are printed there, with a curl that has pages on disk. */
class AuditDownloadTest {

    private static final Pattern LINES = Pattern.compile("(?s)```sh\\n(export_trail.*?)```");
    private static final String CURL = """
            #!/bin/sh
            for last; do :; done
            cat "page-${last##*after=}" || exit 22
            """;

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void pages() throws IOException {
        var lines = LINES.matcher(Files.readString(Path.of("docs/audit.md")));
        assertThat(lines.find()).isTrue();
        Files.writeString(directory.resolve("download.sh"), lines.group(1) + "echo \"status $?\"\n");
        assertThat(Files.writeString(directory.resolve("curl"), CURL).toFile().setExecutable(true))
                .isTrue();
        page(0, entry(1) + entry(2));
        page(2, entry(3) + "{\"action\":\"REQUEST\"}\n");
        page(3, "{\"action\":\"REQUEST\"}\n");
    }

    private void page(int after, String text) throws IOException {
        Files.writeString(directory.resolve("page-" + after), text);
    }

    private static String entry(int sequence) {
        return "{\"reason\":\"\\\"sequence\\\":9\",\"sequence\":%d,\"purged_sequence\":7}\n".formatted(sequence);
    }

    /** Another line after the export shows that the shell goes on. */
    private String download() throws IOException {
        var builder = new ProcessBuilder("sh", "download.sh").directory(directory.toFile());
        builder.environment().put("PATH", directory + ":" + System.getenv("PATH"));
        var process = builder.redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }

    private List<String> exported() throws IOException {
        return Files.readAllLines(directory.resolve("export.ndjson"));
    }

    @Test
    void keepsEachSealedEntryOnceHoweverOftenItIsRun() throws IOException {
        for (int i = 0; i < 2; i++) {
            assertThat(download()).isEqualTo("status 0\n");
            assertThat(String.join("\n", exported()) + "\n").isEqualTo(entry(1) + entry(2) + entry(3));
        }
    }

    @Test
    void isNotTakenForCompleteWhereAPageCouldNotBeRead() throws IOException {
        Files.delete(directory.resolve("page-2"));

        assertThat(download()).contains("Failed: the export is not complete").endsWith("status 1\n");
        assertThat(exported()).hasSize(2);
    }

    @Test
    void keepsNothingOfAnEarlierExportWhereNothingCouldBeRead() throws IOException {
        download();
        Files.delete(directory.resolve("page-0"));

        assertThat(download()).endsWith("status 1\n");
        assertThat(exported()).isEmpty();
    }

    @Test
    void endsWithNothingWhereNothingIsSealed() throws IOException {
        page(0, "");

        assertThat(download()).isEqualTo("status 0\n");
        assertThat(exported()).isEmpty();
    }
}
