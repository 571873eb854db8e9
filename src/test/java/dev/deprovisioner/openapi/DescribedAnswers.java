package dev.deprovisioner.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** What an operation answers when all goes well, beyond its body; and all of it in an order of its own. */
class DescribedAnswers implements OpenApiCustomizer {

    private static final String LINES = "application/x-ndjson";

    @Override
    public void customise(OpenAPI description) {
        var paths = new Paths();
        paths.putAll(sorted(description.getPaths()));
        description.setPaths(paths);
        description
                .getComponents()
                .setSchemas(sorted(description.getComponents().getSchemas()));
        Operations.of(description)
                .forEach((name, operation) -> operation
                        .getResponses()
                        .values()
                        .forEach(answer -> describe(answer, name.equals(Story.REQUEST))));
    }

    private static void describe(ApiResponse answer, boolean acceptance) {
        DescribedHeaders.ofEvery(answer);
        if (acceptance) {
            DescribedHeaders.ofAcceptance(answer);
        }
        var content = new Content();
        content.putAll(sorted(answer.getContent()));
        if (content.containsKey(LINES)) {
            Named.in(content, LINES)
                    .setSchema(new Schema<>().types(Set.of("string")).description("Each line is an AuditEntry."));
        }
        answer.setContent(content);
    }

    private static <T> Map<String, T> sorted(Map<String, T> all) {
        return new TreeMap<>(all);
    }
}
