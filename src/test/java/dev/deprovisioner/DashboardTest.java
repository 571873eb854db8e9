package dev.deprovisioner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.testbed.Promtool;
import dev.deprovisioner.testbed.Watching;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard can be imported anywhere, and asks what Prometheus understands. */
class DashboardTest {

    private final List<JsonNode> panels =
            List.copyOf(Watching.dashboard().get("panels").values());

    @Test
    void takesItsDataSourceFromAVariable() {
        var variables = Watching.dashboard().at("/templating/list").values();

        assertThat(variables)
                .extracting(variable -> variable.get("name").asString())
                .contains("datasource");
        assertThat(Watching.dashboard().findValues("uid").stream().map(JsonNode::asString))
                .containsOnly("${datasource}", "scim-deprovisioner");
        assertThat(Watching.dashboard().has("id"))
                .as("an id of one installation")
                .isFalse();
    }

    @Test
    void hasPanelsThatAskSomething() {
        assertThat(panels).extracting(panel -> panel.get("id").asInt()).doesNotHaveDuplicates();
        assertThat(panels)
                .filteredOn(panel -> !panel.get("type").asString().equals("row"))
                .hasSizeGreaterThan(20)
                .allSatisfy(panel -> {
                    assertThat(panel.get("title").asString()).isNotBlank();
                    assertThat(panel.get("description").asString()).endsWith(".");
                    assertThat(panel.get("targets").values())
                            .isNotEmpty()
                            .extracting(target -> target.get("expr").asString())
                            .allMatch(expr -> expr.contains("{job=~\"$job\""));
                });
    }

    @Test
    void leavesNoPanelBehindAnother() {
        for (int row = 0; row < 100; row++) {
            for (int column = 0; column < 24; column++) {
                int x = column;
                int y = row;
                assertThat(panels.stream().map(panel -> panel.get("gridPos")).filter(place -> covers(place, x, y)))
                        .hasSizeLessThan(2);
            }
        }
    }

    private static boolean covers(JsonNode place, int x, int y) {
        int left = place.get("x").asInt();
        int top = place.get("y").asInt();
        return x >= left
                && x < left + place.get("w").asInt()
                && y >= top
                && y < top + place.get("h").asInt();
    }

    @Test
    void asksWhatPrometheusUnderstands(@TempDir Path directory) throws IOException {
        var queries = Watching.dashboardQueries();
        var rules = queries.stream()
                .map(expr -> Map.of("record", "query:" + queries.indexOf(expr), "expr", expr))
                .distinct()
                .toList();
        var file = directory.resolve("queries.yml"); // JSON is YAML
        var groups = Map.of("groups", List.of(Map.of("name", "dashboard", "rules", rules)));
        Files.writeString(file, JsonMapper.shared().writeValueAsString(groups));

        var checked = Promtool.run("check", "rules", file.toString());

        assertThat(checked.output()).contains("SUCCESS: " + rules.size() + " rules found");
    }
}
