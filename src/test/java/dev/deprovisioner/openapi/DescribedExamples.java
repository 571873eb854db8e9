package dev.deprovisioner.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import tools.jackson.databind.json.JsonMapper;

/** Makes examples of what was asked and answered; no other way leads an example into the description. */
class DescribedExamples implements OpenApiCustomizer {

    private static final Set<String> CONSTANT_HEADERS = Set.of("Location", "Preference-Applied", "Accept");

    /** Pages fill examples in: with these, a first try would find nothing. */
    private static final Set<String> HIDING = Set.of("status", "cursor");

    private final Recording recording;
    private final Pseudonyms pseudonyms;

    DescribedExamples(Recording recording) {
        this.recording = recording;
        this.pseudonyms = recording.pseudonyms();
    }

    @Override
    public void customise(OpenAPI description) {
        var operations = Operations.of(description);
        for (var exchange : recording.exchanges()) {
            var operation = Named.in(operations, exchange.ask().operation());
            if (exchange.status() < 400) {
                describeRequest(exchange, operation);
            }
            describeAnswer(exchange, answer(exchange, operation, description));
        }
    }

    private static ApiResponse answer(Exchange exchange, Operation operation, OpenAPI description) {
        var answer = Named.in(operation.getResponses(), Integer.toString(exchange.status()));
        var shared = answer.get$ref();
        return shared == null
                ? answer
                : Named.in(description.getComponents().getResponses(), shared.substring(shared.lastIndexOf('/') + 1));
    }

    private void describeRequest(Exchange exchange, Operation operation) {
        exchange.ask()
                .parameters()
                .forEach((name, value) -> operation.getParameters().stream()
                        .filter(parameter -> parameter.getName().equals(name) && !HIDING.contains(name))
                        .forEach(parameter -> addExample(parameter, exchange.name(), pseudonyms.text(value))));
        var body = exchange.ask().body();
        if (body != null) {
            addExample(
                    Named.in(operation.getRequestBody().getContent(), "application/json"), exchange.name(), json(body));
        }
    }

    private static void addExample(Parameter parameter, String name, String value) {
        boolean known = parameter.getExamples() != null
                && parameter.getExamples().values().stream()
                        .anyMatch(example -> example.getValue().equals(value(parameter, value)));
        if (!known) {
            parameter.addExample(name, new Example().value(value(parameter, value)));
        }
    }

    private static Object value(Parameter parameter, String value) {
        return parameter.getName().equals("limit") ? Integer.valueOf(value) : value;
    }

    private static void addExample(MediaType content, String name, Object value) {
        if (content.getExamples() == null || !content.getExamples().containsKey(name)) {
            content.addExamples(name, new Example().value(value));
        }
    }

    private void describeAnswer(Exchange exchange, ApiResponse answer) {
        answer.getHeaders().forEach((name, header) -> {
            @Nullable String value = exchange.header(name);
            if (value != null && header.getExample() == null && CONSTANT_HEADERS.contains(name)) {
                header.setExample(pseudonyms.text(value));
            }
        });
        var content = Named.in(answer.getContent(), exchange.mediaType());
        addExample(content, exchange.name(), exchange.isLines() ? lines(exchange.body()) : json(exchange.body()));
    }

    private Object json(String body) {
        return JsonMapper.shared().convertValue(pseudonyms.json(body), Object.class);
    }

    private String lines(String body) {
        return body.lines()
                .map(line -> JsonMapper.shared().writeValueAsString(pseudonyms.json(line)) + "\n")
                .collect(Collectors.joining());
    }
}
