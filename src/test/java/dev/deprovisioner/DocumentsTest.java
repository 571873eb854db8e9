package dev.deprovisioner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.testbed.Documents;
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

/** The documents name and link only what exists, and show every status and every problem. */
class DocumentsTest {

    private static final Path README = Path.of("README.md");
    private static final Path API = Path.of("docs/api.md");
    private static final Path ASVS = Path.of("docs/asvs.md");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");
    private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z]*[a-z][A-Za-z]*)`");
    private static final Pattern DIAGRAM = Pattern.compile("(?m)^```mermaid\n(\\w[\\w-]*)");
    private static final Set<String> DIAGRAMS = Set.of("flowchart", "sequenceDiagram", "stateDiagram-v2", "gantt");
    private static final Pattern STATE = Pattern.compile("\\b([A-Z]{6,})\\b");
    private static final Pattern PROBLEM =
            Pattern.compile("\"type\": \"/problems/([a-z-]+)\", \"title\": \"([^\"]*)\", \"status\": (\\d+)");
    private static final Pattern REQUIREMENT =
            Pattern.compile("\\| (V\\d+\\.\\d+\\.\\d+) \\| [123] \\| [^|]+ \\| (yes|partly|no) \\| ([^|]+) \\|");

    @Test
    void fitOnAFewScreensWhereTheyBegin() throws IOException {
        assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(150);
    }

    @ParameterizedTest
    @MethodSource("dev.deprovisioner.testbed.Documents#all")
    void linkToWhatIsThere(Path document) {
        assertThat(Documents.found(LINK, document)).allSatisfy(link -> {
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
    @MethodSource("dev.deprovisioner.testbed.Documents#all")
    void showDiagramsThatAreDrawn(Path document) {
        long blocks = Documents.text(document)
                .lines()
                .filter(line -> line.strip().startsWith("```mermaid"))
                .count();

        assertThat(Documents.found(DIAGRAM, document))
                .hasSize((int) blocks)
                .allSatisfy(diagram -> assertThat(DIAGRAMS).contains(diagram.group(1)));
    }

    @ParameterizedTest
    @MethodSource("dev.deprovisioner.testbed.Documents#all")
    void nameTestsThatThereAre(Path document) throws IOException {
        assertThat(Documents.codeSpans(document).stream()
                        .filter(name -> name.matches("[A-Z][A-Za-z]+(Test|IT)"))
                        .toList())
                .isSubsetOf(classes());
    }

    @ParameterizedTest
    @MethodSource("dev.deprovisioner.testbed.Documents#all")
    void nameProblemsThatThereAre(Path document) {
        assertThat(Documents.codeSpans(document).stream()
                        .filter(name -> name.matches("/problems/[a-z-]+"))
                        .toList())
                .isSubsetOf(problems().map(type -> "/problems/" + type.slug()).toList());
        assertThat(Documents.found(PROBLEM, document))
                .allSatisfy(example -> assertThat(problems())
                        .anySatisfy(
                                type -> assertThat(List.of(type.slug(), type.title(), Integer.toString(type.status())))
                                        .containsExactly(example.group(1), example.group(2), example.group(3))));
    }

    @Test
    void listEveryProblemOfARequestByItsStatus() {
        var rows = Documents.rows(API).stream()
                .filter(row -> row.size() == 3 && row.get(0).matches("[45]\\d\\d(, [45]\\d\\d)*"))
                .toList();

        assertThat(rows.stream().flatMap(row -> Stream.of(row.get(1).split(", "))))
                .containsExactlyInAnyOrderElementsOf(
                        requestProblems().map(type -> "`" + type.slug() + "`").toList());
        assertThat(rows)
                .allSatisfy(row -> assertThat(List.of(row.get(0).split(", ")))
                        .containsExactlyInAnyOrderElementsOf(requestProblems()
                                .filter(type -> row.get(1).contains("`" + type.slug() + "`"))
                                .map(type -> Integer.toString(type.status()))
                                .distinct()
                                .toList()));
    }

    private static Stream<ProblemType> problems() {
        return Stream.of(ProblemType.values());
    }

    private static Stream<ProblemType> requestProblems() {
        return problems().filter(type -> !ProblemType.ofRuns().contains(type));
    }

    @Test
    void showEveryStatusOfARun() {
        var states = Stream.of(Status.values()).map(Status::name).toList();
        var diagram = Documents.text(README).replaceFirst("(?s).*(stateDiagram-v2.*?)```.*", "$1");

        assertThat(STATE.matcher(diagram).results().map(MatchResult::group))
                .filteredOn(name -> !name.equals("DELETE"))
                .containsAll(states)
                .isSubsetOf(states);
        assertThat(Documents.rows(API).stream()
                        .filter(row -> row.size() == 4 && row.get(1).matches("yes|no"))
                        .map(row -> row.get(0).replace("`", "")))
                .containsExactlyElementsOf(states);
    }

    @ParameterizedTest
    @MethodSource("securityDocuments")
    void nameClassesThatThereAre(Path document) throws IOException {
        assertThat(Documents.found(CLASS, document).stream().map(name -> name.group(1)))
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
        assertThat(Documents.found(REQUIREMENT, ASVS)).hasSize(rows.size()).allSatisfy(row -> {
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

    private static Set<String> classes() throws IOException {
        try (var files = Files.walk(Path.of("src"))) {
            return files.map(file -> Objects.toString(file.getFileName()))
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }
}
