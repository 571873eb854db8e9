package dev.deprovisioner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SandboxTest {

    private static final Path TEST_CLASSES = Path.of("target/test-classes");

    /** {@code mvn spring-boot:test-run} looks for it among the classes of the tests, and refuses to choose from several. */
    @Test
    void isTheOnlyMainClassOfTheTests() throws IOException {
        try (var files = Files.walk(TEST_CLASSES)) {
            assertThat(files.filter(file -> file.toString().endsWith(".class"))
                            .filter(SandboxTest::hasMain)
                            .map(file -> TEST_CLASSES.relativize(file).toString()))
                    .containsExactly("dev/deprovisioner/sandbox/Sandbox.class");
        }
    }

    private static boolean hasMain(Path file) {
        try {
            return ClassFile.of().parse(file).methods().stream()
                    .anyMatch(method -> method.methodName().equalsString("main"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
