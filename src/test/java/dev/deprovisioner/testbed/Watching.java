package dev.deprovisioner.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard, the alert rules and the runbook, as they lie in the project. */
public final class Watching {

    public static final Path RULES = Path.of("helm/scim-deprovisioner/rules/alerts.yml");
    public static final Path RULES_TEST = Path.of("src/test/resources/watching/alerts-test.yml");
    public static final Path RUNBOOK = Path.of("docs/runbook.md");
    private static final Path DASHBOARD = Path.of("helm/scim-deprovisioner/dashboards/scim-deprovisioner.json");

    private Watching() {}

    /** One alert rule. */
    public record Alert(String alert, String expr, String pending, String severity, Map<String, String> annotations) {}

    public static List<Alert> alerts() {
        Object file = new Yaml().load(read(RULES));
        return JsonMapper.shared().valueToTree(file).findValues("rules").stream()
                .flatMap(rules -> rules.values().stream())
                .map(Watching::alert)
                .toList();
    }

    private static Alert alert(JsonNode rule) {
        return new Alert(
                rule.path("alert").asString(),
                rule.path("expr").asString(),
                rule.path("for").asString(),
                rule.at("/labels/severity").asString(),
                rule.get("annotations").properties().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                annotation -> annotation.getValue().asString())));
    }

    public static JsonNode dashboard() {
        return JsonMapper.shared().readTree(read(DASHBOARD));
    }

    /** What the dashboard asks, with values in the place of Grafana's variables. */
    public static List<String> dashboardQueries() {
        return dashboard().get("panels").values().stream()
                .flatMap(panel -> panel.path("targets").values().stream())
                .map(target -> target.get("expr").asString())
                .map(expr -> expr.replace("$__rate_interval", "5m")
                        .replace("$__range", "6h")
                        .replace("$job", ".*"))
                .toList();
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
