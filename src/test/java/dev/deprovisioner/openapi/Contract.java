package dev.deprovisioner.openapi;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Holds answers to a description, as strictly as callers must not: nothing may be there that is not described. */
class Contract {

    /** What the web server and Spring Security say of every answer, or of none in particular. */
    private static final Set<String> OF_THE_TRANSPORT = Set.of(
            "content-type",
            "content-length",
            "connection",
            "date",
            "keep-alive",
            "transfer-encoding",
            "content-security-policy",
            "referrer-policy",
            "x-content-type-options",
            "x-frame-options",
            "x-xss-protection");

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDialect(
            Dialects.getOpenApi31(),
            registry -> registry.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private final JsonNode description;

    Contract(JsonNode description) {
        this.description = description.deepCopy();
        for (var schema : this.description.at("/components/schemas").values()) {
            ((ObjectNode) schema).put("unevaluatedProperties", false);
        }
    }

    /** What is wrong with an answer, or with the request that it accepts; empty if nothing is. */
    List<String> violations(Exchange exchange) {
        var path = exchange.ask().path();
        var operation =
                description.path("paths").path(path).path(exchange.ask().verb().toLowerCase(Locale.ROOT));
        var answer = resolved(operation.path("responses").path(Integer.toString(exchange.status())));
        var content = answer.path("content").path(exchange.mediaType());
        if (content.isMissingNode()) {
            return List.of(exchange.status() + " " + exchange.mediaType() + " is not described");
        }
        var violations = new ArrayList<>(ofHeaders(exchange, answer.path("headers")));
        documents(exchange).forEach(json -> violations.addAll(ofJson(json, schemaOf(exchange, content))));
        var body = exchange.ask().body();
        if (exchange.status() < 400 && body != null) {
            var schema = operation.at("/requestBody/content/application~1json/schema");
            violations.addAll(ofJson(JsonMapper.shared().readTree(body), schema));
        }
        return violations;
    }

    private static Stream<JsonNode> documents(Exchange exchange) {
        return exchange.isLines()
                ? exchange.body().lines().map(JsonMapper.shared()::readTree)
                : Stream.of(exchange.json());
    }

    private static JsonNode schemaOf(Exchange exchange, JsonNode content) {
        return exchange.isLines()
                ? JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/AuditEntry")
                : content.path("schema");
    }

    private JsonNode resolved(JsonNode node) {
        var reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : description.at(reference.substring(1));
    }

    private List<String> ofHeaders(Exchange exchange, JsonNode described) {
        var violations = new ArrayList<String>();
        for (Map.Entry<String, JsonNode> header : described.properties()) {
            var value = exchange.header(header.getKey());
            if (value != null) {
                violations.addAll(ofText(value, header.getValue().path("schema")));
            } else if (header.getValue().path("required").asBoolean(false)) {
                violations.add(header.getKey() + " is missing");
            }
        }
        exchange.headers().map().keySet().stream()
                .filter(name -> !OF_THE_TRANSPORT.contains(name.toLowerCase(Locale.ROOT)))
                .filter(name -> described.propertyNames().stream().noneMatch(name::equalsIgnoreCase))
                .forEach(name -> violations.add(name + " is not described"));
        return violations;
    }

    private List<String> ofText(String value, JsonNode schema) {
        var nodes = JsonNodeFactory.instance;
        boolean number = schema.path("type").asString("").equals("integer");
        return ofJson(number ? nodes.numberNode(Long.parseLong(value)) : nodes.stringNode(value), schema);
    }

    /** What is wrong with a value. */
    List<String> ofJson(JsonNode value, JsonNode schema) {
        var whole = ((ObjectNode) schema.deepCopy()).set("components", description.path("components"));
        return SCHEMAS.getSchema(whole).validate(value).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }
}
