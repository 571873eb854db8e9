package dev.deprovisioner.testbed;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a PromQL expression reads.
 *
 * @param selectors the metrics, each as often as it is named
 * @param grouping the labels that results are grouped or joined by
 */
public record PromQl(List<Selector> selectors, Set<String> grouping) {

    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final String STRING = "\"((?:[^\"\\\\]|\\\\.)*)\"";
    private static final Pattern SELECTOR = Pattern.compile(
            "(?<![\\w.:\"])([a-zA-Z_:][\\w:]*)(?:\\{((?:[^}\"]|" + STRING + ")*)})?+(?![\\w:])(?!\\s*\\()");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*" + STRING);
    private static final Set<String> KEYWORDS = Set.of("and", "or", "unless", "bool", "offset", "inf", "nan");

    /** A metric and what its labels must be. */
    public record Selector(String metric, List<Matcher> matchers) {}

    /** What one label must be. */
    public record Matcher(String label, String operator, String value) {

        /** The values that it asks for, if it is made of words only; none if it is about what a label is not. */
        public Stream<String> wanted() {
            return operator.startsWith("!") || value.contains("*") ? Stream.empty() : Arrays.stream(value.split("\\|"));
        }
    }

    public static PromQl parse(String expression) {
        var grouping = new HashSet<String>();
        var groups = GROUPING.matcher(expression);
        groups.results()
                .flatMap(group -> Arrays.stream(group.group(1).split(",")))
                .map(String::strip)
                .filter(label -> !label.isEmpty())
                .forEach(grouping::add);
        var rest = RANGE.matcher(groups.replaceAll("")).replaceAll("");
        var selectors = SELECTOR.matcher(rest)
                .results()
                .filter(found -> !KEYWORDS.contains(found.group(1)))
                .map(found -> new Selector(found.group(1), matchers(found.group(2) == null ? "" : found.group(2))))
                .toList();
        return new PromQl(selectors, grouping);
    }

    private static List<Matcher> matchers(String text) {
        return MATCHER.matcher(text)
                .results()
                .map(found -> new Matcher(found.group(1), found.group(2), found.group(3)))
                .toList();
    }
}
