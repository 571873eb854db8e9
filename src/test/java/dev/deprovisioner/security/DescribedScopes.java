package dev.deprovisioner.security;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** Says of each operation which scope it wants, from the list that the security rules are made of. */
public class DescribedScopes implements OpenApiCustomizer {

    private static final String SCHEME = "bearer";

    /** Every route that has a rule, such as {@code GET /deprovisions}. */
    public static SortedSet<String> routes() {
        return Route.ALL.stream()
                .map(route -> route.method() + " " + route.pattern())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void customise(OpenAPI description) {
        var scopes = Route.ALL.stream()
                .map(Route::scope)
                .distinct()
                .sorted()
                .map(scope -> "`" + scope + "`")
                .collect(Collectors.joining(", "));
        description
                .getComponents()
                .addSecuritySchemes(
                        SCHEME,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .bearerFormat("JWT")
                                .description("A JWT for the audience `deprovisioner`, with the scope that the operation"
                                        + " names, as `scope` or `scp` claim: " + scopes + "."));
        for (var route : Route.ALL) {
            var path = requireNonNull(description.getPaths().get(route.pattern()));
            var operation = requireNonNull(path.readOperationsMap()
                    .get(HttpMethod.valueOf(route.method().name())));
            operation.setSecurity(List.of(new SecurityRequirement().addList(SCHEME, route.scope())));
            operation.setDescription(operation.getDescription() + "\n\nScope: `" + route.scope() + "`.");
        }
    }
}
