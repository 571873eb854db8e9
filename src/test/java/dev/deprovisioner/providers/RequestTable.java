package dev.deprovisioner.providers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.springframework.util.StringUtils;

/** The numbers of requests that {@code docs/providers.md} states for a run. */
final class RequestTable {

    private static final Path PAGE = Path.of("docs/providers.md");
    private static final List<Integer> MEMBERS = List.of(1, 120, 500);

    private RequestTable() {}

    /** How many requests each number of members takes, as the row of the preset says. */
    static Stream<Arguments> of(String preset) {
        var cells = StringUtils.delimitedListToStringArray(row(preset), "|");
        return IntStream.range(0, MEMBERS.size())
                .mapToObj(i -> Arguments.of(MEMBERS.get(i), Integer.parseInt(cells[i + 2].strip())));
    }

    private static String row(String preset) {
        try (var lines = Files.lines(PAGE)) {
            return lines.dropWhile(line -> !line.startsWith("| preset | 1 member |"))
                    .filter(line -> line.startsWith("| `" + preset + "`"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
