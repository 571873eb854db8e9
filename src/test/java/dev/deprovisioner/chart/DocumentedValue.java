package dev.deprovisioner.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.comments.CommentLine;
import org.yaml.snakeyaml.comments.CommentType;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One value of the chart, with the comment before it.
 *
 * @param name with dots
 * @param comment of itself
 */
record DocumentedValue(String name, String defaultValue, String comment) {

    private static final Path VALUES = Chart.DIRECTORY.resolve("values.yaml");

    /** All, in their order. */
    static List<DocumentedValue> all() {
        var options = new LoaderOptions();
        options.setProcessComments(true);
        try (var reader = Files.newBufferedReader(VALUES)) {
            return below("", (MappingNode) new Yaml(options).compose(reader)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<DocumentedValue> below(String prefix, MappingNode parent) {
        return parent.getValue().stream().flatMap(entry -> {
            var name = prefix + ((ScalarNode) entry.getKeyNode()).getValue();
            var comment = comment(entry);
            return comment.isEmpty() && entry.getValueNode() instanceof MappingNode group
                    ? below(name + ".", group)
                    : Stream.of(new DocumentedValue(name, written(entry.getValueNode()), comment));
        });
    }

    /** What stands right before it; a blank line parts a comment about the whole file from what follows. */
    private static String comment(NodeTuple entry) {
        var lines = entry.getKeyNode().getBlockComments();
        if (lines == null) {
            return "";
        }
        var blank = lines.stream().map(CommentLine::getCommentType).toList().lastIndexOf(CommentType.BLANK_LINE);
        return lines.stream()
                .skip(blank + 1L)
                .map(line -> line.getValue().strip())
                .collect(Collectors.joining(" "));
    }

    private static String written(Node node) {
        return switch (node) {
            case MappingNode map ->
                map.getValue().stream()
                        .map(entry -> written(entry.getKeyNode()) + ": " + written(entry.getValueNode()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case SequenceNode list ->
                list.getValue().stream().map(DocumentedValue::written).collect(Collectors.joining(", ", "[", "]"));
            case ScalarNode scalar ->
                switch (scalar.getScalarStyle()) {
                    case PLAIN -> scalar.getValue();
                    default -> '"' + scalar.getValue() + '"';
                };
            default -> throw new IllegalArgumentException(node.toString());
        };
    }
}
