package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.witness.Sql;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A statement that has changed rows of one table, with the values that it gave to columns or sought in them. */
record Write(String verb, String table, Map<String, String> columns) {

    private static final Pattern TARGET = Pattern.compile(
            "(insert) into (\\w+)|(update) (?!skip\\b)(\\w+)|(delete) from (\\w+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern INSERTED = Pattern.compile("\\(([\\w, ]+)\\) *values", Pattern.CASE_INSENSITIVE);
    private static final Pattern COMPARED = Pattern.compile("(\\w+) *= *\\?");

    static Write from(Sql sql) {
        var text = sql.text().replaceAll("\\s+", " ");
        var target = TARGET.matcher(text);
        if (!target.find()) {
            return new Write("change", "something", Map.of());
        }
        var words = target.toMatchResult();
        int first = words.group(1) != null ? 1 : words.group(3) != null ? 3 : 5;
        var names = first == 1
                ? inserted(text)
                : COMPARED.matcher(text).results().map(found -> found.group(1)).toList();
        return new Write(
                words.group(first).toLowerCase(Locale.ROOT), words.group(first + 1), columns(names, sql.parameters()));
    }

    private static List<String> inserted(String text) {
        return INSERTED.matcher(text)
                .results()
                .flatMap(found -> Arrays.stream(found.group(1).split(",")))
                .map(String::strip)
                .toList();
    }

    /** What is set stands before what is sought. */
    private static Map<String, String> columns(List<String> names, List<String> parameters) {
        var columns = new LinkedHashMap<String, String>();
        for (int i = 0; i < Math.min(names.size(), parameters.size()); i++) {
            columns.putIfAbsent(names.get(i), parameters.get(i));
        }
        return columns;
    }

    boolean is(String otherVerb, String otherTable) {
        return verb.equals(otherVerb) && table.equals(otherTable);
    }

    /** Null where the column is, and where it does not occur. */
    @Nullable
    String value(String column) {
        var value = columns.get(column);
        return "null".equals(value) ? null : value;
    }

    /** Comes whenever it comes, and says nothing about a run. */
    boolean comesByItself() {
        boolean heartbeat = columns.containsKey("last_heartbeat") && !columns.containsKey("picked_by");
        return heartbeat || table.equals("upstream_limit") || table.equals("audit_chain");
    }

    @Override
    public String toString() {
        var run = table.equals("deprovision") && columns.containsKey("step")
                ? " (" + columns.get("step") + " " + columns.get("status") + ")"
                : "";
        return verb + " " + table + run;
    }
}
