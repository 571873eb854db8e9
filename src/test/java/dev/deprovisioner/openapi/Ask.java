package dev.deprovisioner.openapi;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as the description sees it.
 *
 * @param operation such as {@code GET /deprovisions}
 * @param method the method that is really sent
 * @param parameters of the path, the query, {@code Prefer} and {@code Idempotency-Key}, by name
 * @param headers what else is sent, which is no parameter
 */
record Ask(
        String operation,
        String method,
        Map<String, String> parameters,
        Map<String, String> headers,
        @Nullable String body) {

    static Ask of(String operation) {
        return new Ask(operation, operation.split(" ", 2)[0], Map.of(), Map.of(), null);
    }

    /** The method of the operation, even if {@link #by} sends another one. */
    String verb() {
        return operation.split(" ", 2)[0];
    }

    /** The path's template. */
    String path() {
        return operation.split(" ", 2)[1];
    }

    Ask by(String otherMethod) {
        return new Ask(operation, otherMethod, parameters, headers, body);
    }

    Ask with(String parameter, String value) {
        return new Ask(operation, method, and(parameters, parameter, value), headers, body);
    }

    Ask header(String name, String value) {
        return new Ask(operation, method, parameters, and(headers, name, value), body);
    }

    Ask saying(String json) {
        return new Ask(operation, method, parameters, headers, json);
    }

    private static Map<String, String> and(Map<String, String> some, String name, String value) {
        var more = new LinkedHashMap<>(some);
        more.put(name, value);
        return more;
    }
}
