package dev.deprovisioner.testbed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Figures in Prometheus' text format 0.0.4, read as strictly as its description is: families in one group each, their
 * type before their samples, no series twice, buckets that add up.
 */
public final class Exposition {

    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final String LABEL = "([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"";
    private static final Pattern LABELS = Pattern.compile(LABEL);
    private static final Pattern SAMPLE = Pattern.compile("(" + NAME + ")(?:\\{((?:" + LABEL + ",?)*)})? (\\S+)");
    private static final Pattern COMMENT =
            Pattern.compile("# (HELP|TYPE) (" + NAME + ")(?: ((?:[^\\\\\\n]|\\\\[\\\\n])*))?");
    private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram", "summary", "untyped");

    private final List<Sample> samples = new ArrayList<>();
    private final Map<String, String> types = new HashMap<>();
    private final Set<String> closed = new HashSet<>();
    private final Set<String> series = new HashSet<>();
    private String family = "";

    private Exposition() {}

    /** One line: a series and its value. */
    public record Sample(String name, Map<String, String> labels, double value) {}

    /** @throws IllegalArgumentException if the text is not in the format, with the line */
    public static Exposition parse(String text) {
        var exposition = new Exposition();
        require(text.endsWith("\n"), "the end without a line feed");
        text.lines().filter(line -> !line.isBlank()).forEach(exposition::read);
        exposition.requireSums();
        return exposition;
    }

    /** All samples, in their order. */
    public List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** The samples of that name; none if there is no such. */
    public List<Sample> samples(String name) {
        return samples.stream().filter(sample -> sample.name().equals(name)).toList();
    }

    /** The values that a label has in the samples of that name. */
    public Set<String> values(String name, String label) {
        return samples(name).stream()
                .map(sample -> sample.labels().getOrDefault(label, ""))
                .collect(Collectors.toSet());
    }

    private void read(String line) {
        var comment = COMMENT.matcher(line);
        if (comment.matches()) {
            enter(comment.group(2), line);
            if (comment.group(1).equals("TYPE")) {
                require(TYPES.contains(String.valueOf(comment.group(3))), line);
                require(types.put(family, comment.group(3)) == null, line);
            }
        } else if (!line.startsWith("#")) {
            var sample = SAMPLE.matcher(line);
            require(sample.matches(), line);
            add(sample.toMatchResult(), line);
        }
    }

    private void add(MatchResult match, String line) {
        var name = match.group(1);
        if (!belongs(name)) {
            enter(name, line);
        }
        var labels = new TreeMap<String, String>();
        LABELS.matcher(match.group(2) == null ? "" : match.group(2))
                .results()
                .forEach(label -> require(labels.put(label.group(1), label.group(2)) == null, line));
        require(series.add(name + labels), line);
        samples.add(new Sample(name, labels, value(match.group(5))));
    }

    private static double value(String text) {
        return text.endsWith("Inf") ? Double.parseDouble(text + "inity") : Double.parseDouble(text);
    }

    private boolean belongs(String name) {
        var suffixes = switch (types.getOrDefault(family, "untyped")) {
            case "histogram" -> "(_bucket|_sum|_count)";
            case "summary" -> "(_sum|_count)?";
            default -> "";
        };
        return name.matches(Pattern.quote(family) + suffixes);
    }

    /** A family that was left is not entered again. */
    private void enter(String name, String line) {
        if (!name.equals(family)) {
            closed.add(family);
            family = name;
            require(!closed.contains(name), line);
        }
    }

    private void requireSums() {
        types.forEach((name, type) -> {
            if (type.equals("histogram")) {
                samples(name + "_count").forEach(count -> requireBuckets(name, count));
            }
        });
    }

    private void requireBuckets(String name, Sample count) {
        var buckets = samples(name + "_bucket").stream()
                .filter(bucket ->
                        bucket.labels().entrySet().containsAll(count.labels().entrySet()))
                .toList();
        var bounds = buckets.stream()
                .map(bucket -> value(bucket.labels().getOrDefault("le", "none")))
                .toList();
        var counts = buckets.stream().map(Sample::value).toList();
        require(bounds.equals(bounds.stream().sorted().distinct().toList()), name + " " + bounds);
        require(counts.equals(counts.stream().sorted().toList()), name + " " + counts);
        require(bounds.getLast().isInfinite() && counts.getLast() == count.value(), name + count);
    }

    private static void require(boolean valid, String line) {
        if (!valid) {
            throw new IllegalArgumentException("Not in the text format: " + line);
        }
    }
}
