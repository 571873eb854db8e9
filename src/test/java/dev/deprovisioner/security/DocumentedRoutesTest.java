package dev.deprovisioner.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.testbed.Documents;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents name only routes and scopes that exist, and the API page all of them. */
class DocumentedRoutesTest {

    private static final Path API = Path.of("docs/api.md");
    /** In a block or in a line; the path ends before a query. */
    private static final Pattern CURL = Pattern.compile(
            "\\bcurl\\b[^`\n]*?(?:localhost:8080|\\$API)(/(?:deprovisions|audit|webhook|upstream)[^\\s\"?`]*)");

    @Test
    void areAllInTheTableOfTheApi() {
        assertThat(Documents.rows(API).stream()
                        .filter(row -> row.getFirst().matches("`(GET|POST|DELETE) /.*`"))
                        .map(row -> row.get(0) + " " + row.get(1)))
                .containsExactlyInAnyOrderElementsOf(Route.ALL.stream()
                        .map(route -> "`%s %s` `%s`".formatted(route.method(), route.pattern(), route.scope()))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("dev.deprovisioner.testbed.Documents#all")
    void areThoseThatCommandsAskFor(Path document) {
        assertThat(Documents.found(CURL, document))
                .allSatisfy(command -> assertThat(Route.ALL)
                        .anyMatch(route ->
                                command.group(1).matches(route.pattern().replaceAll("\\{\\w+}", "[^/]+"))
                                        && route.method().name().equals(method(command.group()))));
    }

    private static String method(String command) {
        var given = Pattern.compile("-X (\\w+)").matcher(command);
        return given.find() ? given.group(1) : "GET";
    }

    @ParameterizedTest
    @MethodSource("dev.deprovisioner.testbed.Documents#all")
    void areKnown(Path document) {
        var known = Route.ALL.stream()
                .map(route -> route.method() + " " + route.pattern())
                .collect(Collectors.toSet());

        assertThat(Documents.codeSpans(document).stream()
                        .map(name -> name.replace("GROUP_ID", "{groupId}"))
                        .filter(name -> name.matches(
                                "(GET|POST|DELETE) /(deprovisions|audit-entries|webhook-deliveries|upstream)[^?… ]*"))
                        .toList())
                .isSubsetOf(known);
        assertThat(Documents.codeSpans(document).stream()
                        .filter(name -> name.matches("(deprovision|audit|webhook|upstream):[a-z]+"))
                        .toList())
                .isSubsetOf(Route.ALL.stream().map(Route::scope).toList());
    }
}
