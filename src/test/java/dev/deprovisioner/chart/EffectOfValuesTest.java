package dev.deprovisioner.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** No value is without effect: one of the sets renders otherwise, or not at all, when the value is left out of it. */
@NeedsHelm
@Tag("slow")
class EffectOfValuesTest {

    private static final Path SETS = Path.of("src/test/resources/chart");
    private static final String CLAIM = "{persistence: {existingClaim: mine}}";

    /** The sets, with what each renders. */
    private static final Map<String, Object> ALL = Stream.concat(
                    Stream.of(CLAIM),
                    Stream.of(Chart.EVERYTHING, SETS.resolve("little.yaml"), SETS.resolve("two-pods.yaml"))
                            .map(EffectOfValuesTest::read))
            .collect(Collectors.toMap(Function.identity(), EffectOfValuesTest::rendered));

    static Stream<String> names() {
        return DocumentedValue.all().stream().map(DocumentedValue::name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void isThere(String name) {
        assertThat(ALL.entrySet())
                .anyMatch(set -> without(set.getKey(), name)
                        .map(rest -> !rendered(rest).equals(set.getValue()))
                        .orElse(false));
    }

    /** Nothing where the value is not in the set. */
    private static Optional<String> without(String values, String name) {
        Map<?, ?> all = new Yaml().load(values);
        return remove(all, name) ? Optional.of(new Yaml().dump(all)) : Optional.empty();
    }

    private static boolean remove(Map<?, ?> from, String name) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            return from.remove(name) != null;
        }
        return from.get(name.substring(0, dot)) instanceof Map<?, ?> child && remove(child, name.substring(dot + 1));
    }

    /** What is made, or why nothing is. */
    private static Object rendered(String values) {
        try {
            return Chart.render(values);
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String read(Path values) {
        try {
            return Files.readString(values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
