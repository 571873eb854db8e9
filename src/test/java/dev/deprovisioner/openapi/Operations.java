package dev.deprovisioner.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import java.util.SortedMap;
import java.util.TreeMap;

/** The operations of a description by what they are asked for with, such as {@code GET /deprovisions}. */
final class Operations {

    private Operations() {}

    static SortedMap<String, Operation> of(OpenAPI description) {
        var operations = new TreeMap<String, Operation>();
        description
                .getPaths()
                .forEach((path, item) -> item.readOperationsMap()
                        .forEach((method, operation) -> operations.put(method + " " + path, operation)));
        return operations;
    }
}
