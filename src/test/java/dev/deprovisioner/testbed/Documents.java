package dev.deprovisioner.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages in Markdown of this project. */
public final class Documents {

    private static final Pattern CODE_SPAN = Pattern.compile("`([^`\n]+)`");
    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```$");

    private Documents() {}

    /** All pages, those of the chart included. */
    public static List<Path> all() {
        var top = Stream.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")
                .map(Path::of);
        return Stream.concat(top, Stream.concat(below("docs"), below("helm"))).toList();
    }

    private static Stream<Path> below(String folder) {
        try (var files = Files.walk(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(".md")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All matches in the page. */
    public static List<MatchResult> found(Pattern pattern, Path page) {
        return pattern.matcher(text(page)).results().toList();
    }

    /** The texts between single backticks, outside blocks of code. */
    public static List<String> codeSpans(Path page) {
        var prose = CODE_BLOCK.matcher(text(page)).replaceAll("");
        return CODE_SPAN.matcher(prose).results().map(span -> span.group(1)).toList();
    }

    /** The rows of all tables in the page, each as its cells without the spaces around them. */
    public static List<List<String>> rows(Path page) {
        return text(page)
                .lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> Stream.of(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
    }
}
