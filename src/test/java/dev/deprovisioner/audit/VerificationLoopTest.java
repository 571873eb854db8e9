package dev.deprovisioner.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines in docs/audit.md that verify the whole trail part by part, as they are printed there. */
class VerificationLoopTest {

    private static final Pattern LINES = Pattern.compile("(?s)```sh\\n(verify_trail.*?)```");
    private static final String CURL = """
            #!/bin/sh
            for last; do :; done
            cat "answer-${last##*limit=100000}" || exit 22
            """;
    private static final String FIRST =
            "{\"valid\":true,\"entries\":7,\"complete\":false,\"next\":{\"sequence\":7,\"hash\":\"ab12\"}}\n";

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void answerTheFirstCall() throws IOException {
        var lines = LINES.matcher(Files.readString(Path.of("docs/audit.md")));
        assertThat(lines.find()).isTrue();
        Files.writeString(directory.resolve("verify.sh"), lines.group(1) + "echo \"status $?\"\n");
        assertThat(Files.writeString(directory.resolve("curl"), CURL).toFile().setExecutable(true))
                .isTrue();
        Files.writeString(directory.resolve("answer-"), FIRST);
    }

    private void answerTheSecondCall(String text) throws IOException {
        Files.writeString(directory.resolve("answer-&after=7&afterHash=ab12"), text);
    }

    private String verified() throws IOException {
        var builder = new ProcessBuilder("sh", "verify.sh").directory(directory.toFile());
        builder.environment().put("PATH", directory + ":" + System.getenv("PATH"));
        var process = builder.redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }

    @Test
    void succeedsAtTheEndOfTheChain() throws IOException {
        var second = "{\"valid\":true,\"entries\":3,\"complete\":true}\n";
        answerTheSecondCall(second);

        assertThat(verified()).isEqualTo(FIRST + second + "status 0\n");
    }

    @Test
    void failsWhereAnEntryIsBroken() throws IOException {
        var second =
                "{\"valid\":false,\"entries\":1,\"complete\":true,\"firstBroken\":9,\"detail\":\"It was moved.\"}\n";
        answerTheSecondCall(second);

        assertThat(verified()).isEqualTo(FIRST + second + "status 1\n");
    }

    @Test
    void failsWhereAPartIsNotAnswered() throws IOException {
        assertThat(verified())
                .startsWith(FIRST)
                .contains("Failed: not all was verified")
                .endsWith("status 1\n");
    }
}
