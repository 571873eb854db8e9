package dev.deprovisioner.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The chart's values, their schema and their documentation agree; {@code -Dchart.write=true} rewrites the table. */
class ChartReferenceTest {

    private static final Path README = Chart.DIRECTORY.resolve("README.md");
    private static final Pattern TABLE = Pattern.compile("(?s)\\| value \\| default \\| \\|\n.*?\n(?=\n|$)");

    private final JsonNode schema = JsonMapper.shared().readTree(Chart.DIRECTORY.resolve("values.schema.json"));

    @Test
    void theTableIsWhatTheValuesAre() throws IOException {
        var readme = Files.readString(README);
        var expected = TABLE.matcher(readme).replaceFirst(Matcher.quoteReplacement(table()));
        if (Boolean.getBoolean("chart.write")) {
            Files.writeString(README, expected);
        }
        assertThat(README).hasContent(expected);
        assertThat(expected).contains(table());
    }

    @Test
    void everyValueIsDescribed() {
        assertThat(DocumentedValue.all())
                .hasSizeGreaterThan(50)
                .allSatisfy(
                        value -> assertThat(value.comment()).as(value.name()).matches("[A-Z`0-9].*\\."));
    }

    @Test
    void theSchemaKnowsTheSameValues() {
        var known = leaves("", schema).filter(name -> !name.equals("global")).toList();
        var there = DocumentedValue.all().stream().map(DocumentedValue::name).toList();
        assertThat(known).allSatisfy(name -> assertThat(there).anyMatch(other -> isPartOf(name, other)));
        assertThat(there).allSatisfy(name -> assertThat(known).anyMatch(other -> isPartOf(name, other)));
    }

    /** Where one ends in a map that takes any name, the other may go on. */
    private static boolean isPartOf(String name, String other) {
        return (name + ".").startsWith(other + ".") || (other + ".").startsWith(name + ".");
    }

    @Test
    void theVersionIsThatOfTheProject() throws IOException {
        Map<?, ?> chart = new Yaml().load(Files.newBufferedReader(Chart.DIRECTORY.resolve("Chart.yaml")));
        assertThat(chart.get("appVersion")).isEqualTo(projectVersion());
    }

    @Test
    void theExampleOfTheInstallationIsTheOneThatIsRendered() throws IOException {
        var example = "```yaml\n" + Files.readString(Chart.MINIMAL) + "```";
        assertThat(Files.readString(Path.of("docs/install.md"))).contains(example);
    }

    static String projectVersion() {
        try {
            var pom = Pattern.compile("<artifactId>scim-deprovisioner</artifactId>\\s*<version>(.+?)</version>")
                    .matcher(Files.readString(Path.of("pom.xml")));
            assertThat(pom.find()).isTrue();
            return pom.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String table() {
        return DocumentedValue.all().stream()
                .map(value -> "| `%s` | %s | %s |%n"
                        .formatted(
                                value.name(),
                                value.defaultValue().equals("\"\"") ? "none" : "`" + value.defaultValue() + "`",
                                value.comment()))
                .collect(Collectors.joining("", "| value | default | |\n|---|---|---|\n", ""));
    }

    /** The names of what has no further names of its own, references followed. */
    private Stream<String> leaves(String name, JsonNode node) {
        var target = node.has("$ref") ? schema.at(node.path("$ref").asString().substring(1)) : node;
        var properties = target.path("properties");
        boolean open = properties.isMissingNode() || !target.has("additionalProperties");
        return open
                ? Stream.of(name)
                : StreamSupport.stream(properties.propertyNames().spliterator(), false)
                        .flatMap(child -> leaves(name.isEmpty() ? child : name + "." + child, properties.path(child)));
    }
}
