package dev.deprovisioner.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How PostgreSQL has executed a statement.
 *
 * @param scans every access to a table, as {@code Index Scan deprovision_pkey}
 * @param rows rows that were read from tables, also those that were filtered away
 * @param pages pages that were touched, of 8 KiB
 */
public record Plan(String sql, List<String> scans, long rows, long pages) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Plan parse(String sql, String explained) {
        var root = JSON.readTree(explained).get(0).get("Plan");
        var nodes = nodes(root).toList();
        var scans = nodes.stream().filter(Plan::scans).toList();
        return new Plan(
                sql,
                scans.stream().map(Plan::describe).toList(),
                scans.stream().mapToLong(Plan::rows).sum(),
                root.get("Shared Hit Blocks").asLong()
                        + root.get("Shared Read Blocks").asLong());
    }

    /** The tables' size does not matter to it: it finds a few rows by indexes. */
    public void assertFlat(long atMostRows, long atMostPages) {
        assertThat(scans).as(sql).allMatch(scan -> scan.startsWith("Index"));
        assertThat(rows).as("rows of %s", this).isLessThanOrEqualTo(atMostRows);
        assertThat(pages).as("pages of %s", this).isLessThanOrEqualTo(atMostPages);
    }

    private static Stream<JsonNode> nodes(JsonNode node) {
        return Stream.concat(
                Stream.of(node), node.path("Plans").values().stream().flatMap(Plan::nodes));
    }

    private static String type(JsonNode node) {
        return node.get("Node Type").asString();
    }

    private static boolean scans(JsonNode node) {
        return type(node).contains("Scan") && (node.has("Index Name") || node.has("Relation Name"));
    }

    private static String describe(JsonNode scan) {
        var what = scan.has("Index Name") ? scan.get("Index Name") : scan.path("Relation Name");
        return type(scan) + " " + what.asString("");
    }

    private static long rows(JsonNode scan) {
        double each = scan.path("Actual Rows").asDouble()
                + scan.path("Rows Removed by Filter").asDouble(0)
                + scan.path("Rows Removed by Index Recheck").asDouble(0);
        return Math.round(each * scan.path("Actual Loops").asDouble(1));
    }
}
