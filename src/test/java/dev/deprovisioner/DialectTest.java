package dev.deprovisioner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.testbed.Dialect;
import dev.deprovisioner.testbed.Documents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Comments, texts in code, names of tests, YAML and documents name the actor and use plain words: at most 1 in 1,000 is {@link Dialect}. */
class DialectTest {

    private static final Pattern WORD = Pattern.compile("[A-Za-z]+");
    /** One alternative a kind, in the order in which a compiler meets them: quotes in comments begin no literal. */
    private static final Pattern TOKEN = Pattern.compile(
            "(?s)(?<comment>/\\*.*?\\*/|//[^\\n]*)"
                    + "|\"\"\"(?<block>(?:\\\\.|(?!\"\"\").)*+)\"\"\"|\"(?<text>(?:\\\\.|[^\"\\\\\\n])*+)\"|'(?:\\\\.|[^'\\\\])'");

    private static final Pattern TEST_METHOD = Pattern.compile("\\bvoid (\\w+)\\(");
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    private static final Pattern CODE = Pattern.compile("(?s)```.*?```");

    @ParameterizedTest
    @ValueSource(strings = {"src/main/java", "src/test/java", "src/benchmark/java"})
    void isRareInComments(String folder) {
        assertRare(sources(folder).map(file -> file.with(text -> found(text, "comment"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/main/java", "src/test/java", "src/benchmark/java"})
    void isRareInTextsOfTheCode(String folder) {
        assertRare(sources(folder).map(file -> file.with(text -> found(text, "block") + " " + found(text, "text"))));
    }

    @Test
    void isRareInDocuments() {
        assertRare(Documents.all().stream()
                .map(Text::of)
                .map(page -> page.with(text -> CODE.matcher(text).replaceAll(""))));
    }

    @Test
    void isRareInNamesOfTestMethods() {
        assertRare(Stream.of("src/test/java", "src/benchmark/java")
                .flatMap(DialectTest::sources)
                .map(file -> file.with(DialectTest::testNames)));
    }

    @Test
    void isRareInYaml() {
        var description = Stream.of(Text.of(Path.of("docs/openapi.yaml")));
        assertRare(Stream.concat(description, files("helm", ".yaml", ".yml", ".tpl", ".txt")));
    }

    private static String testNames(String source) {
        return TEST_METHOD
                .matcher(source)
                .results()
                .map(method -> HUMP.matcher(method.group(1)).replaceAll(" "))
                .collect(Collectors.joining(" "));
    }

    private record Text(Path file, String text) {

        static Text of(Path file) {
            try {
                return new Text(file, Files.readString(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Text with(UnaryOperator<String> part) {
            return new Text(file, part.apply(text));
        }

        Stream<String> dialect() {
            return Dialect.WORDS.matcher(text).results().map(word -> file + ": " + word.group());
        }
    }

    private static void assertRare(Stream<Text> read) {
        List<Text> texts = read.toList();
        long words = texts.stream()
                .flatMap(file -> WORD.matcher(file.text()).results())
                .count();
        var dialect = texts.stream().flatMap(Text::dialect).toList();

        assertThat(words).as("words that were found").isGreaterThan(1_000);
        assertThat(dialect).hasSizeLessThanOrEqualTo((int) (words / 1_000));
    }

    private static String found(String source, String kind) {
        return TOKEN.matcher(source).results().map(token -> group(token, kind)).collect(Collectors.joining(" "));
    }

    private static String group(MatchResult token, String kind) {
        var found = token.group(kind);
        return found == null ? "" : found;
    }

    private static Stream<Text> sources(String folder) {
        return files(folder, ".java");
    }

    private static Stream<Text> files(String folder, String... endings) {
        try (var files = Files.walk(Path.of(folder))) {
            return files
                    .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
                    .map(Text::of)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
