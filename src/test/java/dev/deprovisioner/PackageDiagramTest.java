package dev.deprovisioner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of the architecture shows the packages and arrows that {@link PackageRulesTest} allows. */
class PackageDiagramTest {

    private static final Path PAGE = Path.of("docs/architecture.md");
    private static final Path SOURCES = Path.of("src/main/java/dev/deprovisioner");
    private static final String BEGIN = "<!-- generated: begin -->\n";
    private static final String END = "<!-- generated: end -->\n";
    private static final Pattern SENTENCE = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);

    @Test
    void isWhatTheRulesAllow() throws IOException {
        var page = Files.readString(PAGE);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END);
        var generated = "\n" + diagram() + "\n" + table() + "\n";
        if (Boolean.getBoolean("architecture.write")) {
            Files.writeString(PAGE, page.substring(0, from) + generated + page.substring(to));
            return;
        }
        assertThat(page.substring(from, to))
                .as("write it with mvn test -Dtest=PackageDiagramTest -Darchitecture.write=true")
                .isEqualTo(generated);
    }

    private static String diagram() {
        return packages().stream()
                .flatMap(from -> direct(from).stream().map(to -> "    " + node(from) + " --> " + node(to) + "\n"))
                .collect(Collectors.joining("", "```mermaid\nflowchart TD\n", "```\n"));
    }

    /** An arrow to a package that is reached through another one as well is left out, so that the picture stays readable. */
    private static Set<String> direct(String from) {
        var arrows = arrows(from);
        arrows.removeIf(to -> arrows(from).stream()
                .anyMatch(over -> !over.equals(to) && reached(over).contains(to)));
        return arrows;
    }

    private static Set<String> arrows(String from) {
        return new TreeSet<>(Objects.requireNonNull(PackageRulesTest.ALLOWED.get(from)));
    }

    private static Set<String> reached(String from) {
        var all = arrows(from);
        arrows(from).forEach(to -> all.addAll(reached(to)));
        return all;
    }

    private static String table() throws IOException {
        var rows = new StringBuilder("| package | holds | may use |\n|---|---|---|\n");
        for (var name : packages()) {
            var arrows = arrows(name).stream().map(to -> "`" + to + "`").collect(Collectors.joining(", "));
            rows.append("| `%s` | %s | %s |%n".formatted(shown(name), sentence(name), arrows));
        }
        return rows.toString();
    }

    private static String sentence(String name) throws IOException {
        var info = Files.readString(SOURCES.resolve(name.replace('.', '/')).resolve("package-info.java"));
        var comment = SENTENCE.matcher(info);
        assertThat(comment.find()).as(name).isTrue();
        return comment.group(1)
                .replace('\n', ' ')
                .replace("*", "")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static Set<String> packages() {
        return new TreeSet<>(PackageRulesTest.ALLOWED.keySet());
    }

    private static String shown(String name) {
        return name.isEmpty() ? "(root)" : name;
    }

    private static String node(String name) {
        return shown(name).replace("(", "").replace(")", "");
    }
}
