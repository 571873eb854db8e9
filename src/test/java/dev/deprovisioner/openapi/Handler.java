package dev.deprovisioner.openapi;

import static dev.deprovisioner.problem.ProblemType.FORBIDDEN;
import static dev.deprovisioner.problem.ProblemType.INVALID_GROUP_ID;
import static dev.deprovisioner.problem.ProblemType.INVALID_REQUEST;
import static dev.deprovisioner.problem.ProblemType.METHOD_NOT_ALLOWED;
import static dev.deprovisioner.problem.ProblemType.NOT_ACCEPTABLE;
import static dev.deprovisioner.problem.ProblemType.PAYLOAD_TOO_LARGE;
import static dev.deprovisioner.problem.ProblemType.TOO_MANY_REQUESTS;
import static dev.deprovisioner.problem.ProblemType.UNAUTHENTICATED;
import static dev.deprovisioner.problem.ProblemType.UNAVAILABLE;
import static dev.deprovisioner.problem.ProblemType.UNSUPPORTED_MEDIA_TYPE;
import static java.util.Comparator.reverseOrder;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.ProblemResponses;
import dev.deprovisioner.problem.ProblemType;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * What serves an operation.
 *
 * @param operation such as {@code GET /deprovisions}
 */
record Handler(String operation, HandlerMethod method) {

    private static final Set<ProblemType> ANYWHERE = EnumSet.of(
            INVALID_REQUEST,
            UNAUTHENTICATED,
            FORBIDDEN,
            METHOD_NOT_ALLOWED,
            NOT_ACCEPTABLE,
            TOO_MANY_REQUESTS,
            UNAVAILABLE);

    /** Of each operation that callers can reach one, POST first; the page for errors is not an operation. */
    static Collection<Handler> all(RequestMappingHandlerMapping mapping) {
        return mapping.getHandlerMethods().entrySet().stream()
                .filter(entry -> entry.getValue().getBeanType().getPackageName().startsWith("dev.deprovisioner"))
                .flatMap(entry -> operations(entry.getKey()).map(name -> new Handler(name, entry.getValue())))
                .filter(handler -> !handler.operation.endsWith("/error"))
                .collect(toMap(
                        Handler::operation,
                        identity(),
                        (one, sameOperation) -> one,
                        () -> new TreeMap<>(reverseOrder())))
                .values();
    }

    private static Stream<String> operations(RequestMappingInfo info) {
        var methods = info.getMethodsCondition().getMethods();
        return info.getPatternValues().stream()
                .flatMap(pattern -> methods.isEmpty()
                        ? Stream.of("* " + pattern)
                        : methods.stream().map(method -> method + " " + pattern));
    }

    String verb() {
        return operation.split(" ", 2)[0];
    }

    /** What it may refuse a request with: what it says itself, and what follows from what it takes. */
    Set<ProblemType> refusals() {
        var refusals = EnumSet.copyOf(ANYWHERE);
        for (var parameter : method.getMethodParameters()) {
            refusals.addAll(refusals(parameter));
        }
        refusals.addAll(ownRefusals());
        return refusals;
    }

    /** What only this handler knows. */
    Set<ProblemType> ownRefusals() {
        @Nullable ProblemResponses own = method.getMethodAnnotation(ProblemResponses.class);
        return own == null ? Set.of() : EnumSet.copyOf(Arrays.asList(own.value()));
    }

    private static Set<ProblemType> refusals(MethodParameter parameter) {
        if (parameter.getParameterType() == GroupId.class) {
            return Set.of(INVALID_GROUP_ID);
        }
        return parameter.hasParameterAnnotation(RequestBody.class)
                ? Set.of(PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE)
                : Set.of();
    }
}
