package dev.deprovisioner.openapi;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;
import static org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE;

import dev.deprovisioner.problem.ProblemType;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Adds to each operation the problems that it may answer with; those with the same status are one answer. */
class DescribedRefusals implements OpenApiCustomizer {

    private static final String PROBLEM = "#/components/schemas/Problem";

    private final RequestMappingHandlerMapping mapping;

    DescribedRefusals(RequestMappingHandlerMapping mapping) {
        this.mapping = mapping;
    }

    @Override
    public void customise(OpenAPI description) {
        Schema<?> problem = Named.in(description.getComponents().getSchemas(), "Problem");
        Named.in(problem.getProperties(), "type").setEnum(uris(Arrays.asList(ProblemType.values())));
        Handler.all(mapping).forEach(handler -> describe(handler, description));
    }

    private static void describe(Handler handler, OpenAPI description) {
        var answers = Named.in(Operations.of(description), handler.operation()).getResponses();
        var byStatus = handler.refusals().stream().collect(groupingBy(ProblemType::status, TreeMap::new, toList()));
        byStatus.forEach((status, types) -> {
            var name = nameOf(types);
            description.getComponents().addResponses(name, refusal(types));
            answers.addApiResponse(Integer.toString(status), new ApiResponse().$ref(name));
        });
    }

    /** Such as {@code InvalidGroupIdOrInvalidRequest}. */
    static String nameOf(List<ProblemType> types) {
        return types.stream()
                .map(type -> Arrays.stream(type.slug().split("-"))
                        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                        .collect(joining()))
                .collect(joining("Or"));
    }

    private static ApiResponse refusal(List<ProblemType> types) {
        var answer = new ApiResponse()
                .description(types.stream().map(ProblemPage::wordsFor).collect(joining("\n\n")))
                .content(new Content()
                        .addMediaType(APPLICATION_PROBLEM_JSON_VALUE, new MediaType().schema(problem(types))));
        types.forEach(type -> DescribedHeaders.of(type, answer));
        DescribedHeaders.ofEvery(answer);
        return answer;
    }

    private static Schema<?> problem(List<ProblemType> types) {
        var narrower = new Schema<Object>().properties(Map.of("type", new Schema<Object>()._enum(uris(types))));
        return new Schema<>().allOf(List.of(new Schema<>().$ref(PROBLEM), narrower));
    }

    private static List<Object> uris(List<ProblemType> types) {
        return types.stream().<Object>map(type -> type.uri().toString()).toList();
    }
}
