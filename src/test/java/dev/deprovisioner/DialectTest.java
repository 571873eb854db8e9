package dev.deprovisioner;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Comments, texts in code and documents name the actor and use plain words: at most 1 of the words below in 1,000. */
class DialectTest {

    private static final Pattern DIALECT = Pattern.compile(
            "(?i)\\b(whoever|somebody|nobody|whatever|whom|whichever|anew|told|tells|vouch\\w*|lends?|lent|heed\\w*"
                    + "|likewise|hence|thereof)\\b");
    private static final Pattern WORD = Pattern.compile("[A-Za-z]+");
    /** One alternative a kind, in the order in which a compiler meets them: quotes in comments begin no literal. */
    private static final Pattern TOKEN = Pattern.compile(
            "(?s)(?<comment>/\\*.*?\\*/|//[^\\n]*)"
                    + "|\"\"\"(?<block>(?:\\\\.|(?!\"\"\").)*+)\"\"\"|\"(?<text>(?:\\\\.|[^\"\\\\\\n])*+)\"|'(?:\\\\.|[^'\\\\])'");

    private static final Pattern CODE = Pattern.compile("(?s)```.*?```");

    @Test
    void isRareInComments() {
        assertRare(sources().map(file -> file.with(text -> found(text, "comment"))));
    }

    @Test
    void isRareInTextsOfTheCode() {
        assertRare(sources().map(file -> file.with(text -> found(text, "block") + " " + found(text, "text"))));
    }

    @Test
    void isRareInDocuments() {
        assertRare(Documents.all().stream()
                .map(Text::of)
                .map(page -> page.with(text -> CODE.matcher(text).replaceAll(""))));
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
            return DIALECT.matcher(text).results().map(word -> file + ": " + word.group());
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

    private static Stream<Text> sources() {
        return below("src/main/java", ".java").map(Text::of);
    }

    private static Stream<Path> below(String folder, String ending) {
        try (var files = Files.walk(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(ending)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
