package dev.deprovisioner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents name and link is there. */
class DocumentsTest {

    private static final Path ASVS = Path.of("docs/asvs.md");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");
    private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z]*[a-z][A-Za-z]*)`");
    private static final Pattern REQUIREMENT =
            Pattern.compile("\\| (V\\d+\\.\\d+\\.\\d+) \\| [123] \\| [^|]+ \\| (yes|partly|no) \\| ([^|]+) \\|");

    static Stream<Path> documents() throws IOException {
        try (var pages = Files.walk(Path.of("docs"))) {
            var found = pages.filter(page -> page.toString().endsWith(".md")).toList();
            return Stream.concat(
                    Stream.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")
                            .map(Path::of),
                    found.stream());
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linkToWhatIsThere(Path document) throws IOException {
        assertThat(found(LINK, document)).allSatisfy(link -> {
            var target = link.group(1).isEmpty()
                    ? document
                    : document.resolveSibling(link.group(1)).normalize();
            assertThat(target).exists();
            if (link.group(2) != null) {
                assertThat(anchors(target)).contains(link.group(2));
            }
        });
    }

    private static List<String> anchors(Path document) throws IOException {
        return Files.readAllLines(document).stream()
                .filter(line -> line.matches("#+ .*"))
                .map(line -> line.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w -]", "")
                        .replace(' ', '-'))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("securityDocuments")
    void nameClassesThatThereAre(Path document) throws IOException {
        assertThat(found(CLASS, document).stream().map(name -> name.group(1)))
                .isNotEmpty()
                .isSubsetOf(classes());
    }

    static Stream<Path> securityDocuments() {
        return Stream.of(ASVS, Path.of("docs/threat-model.md"), Path.of("CONTRIBUTING.md"));
    }

    @Test
    void showForEachRequirementThatIsHeldWhereItIs() throws IOException {
        var rows = Files.readAllLines(ASVS).stream()
                .filter(line -> line.startsWith("| V"))
                .toList();
        assertThat(rows).allSatisfy(row -> assertThat(row).matches(REQUIREMENT));
        assertThat(rows.stream().map(row -> row.substring(0, row.indexOf(" |"))))
                .doesNotHaveDuplicates();
        assertThat(found(REQUIREMENT, ASVS)).hasSize(rows.size()).allSatisfy(row -> {
            var files = Pattern.compile("`([^`]+\\.md)`")
                    .matcher(row.group(3))
                    .results()
                    .toList();
            assertThat(files)
                    .allSatisfy(file -> assertThat(Path.of(file.group(1))).exists());
            if (!row.group(2).equals("no")) {
                assertThat(files.size() + CLASS.matcher(row.group(3)).results().count())
                        .isPositive();
            }
        });
    }

    private static List<MatchResult> found(Pattern pattern, Path document) throws IOException {
        return pattern.matcher(Files.readString(document)).results().toList();
    }

    private static Set<String> classes() throws IOException {
        try (var files = Files.walk(Path.of("src"))) {
            return files.map(file -> Objects.toString(file.getFileName()))
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }
}
