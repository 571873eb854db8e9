package dev.deprovisioner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Everything that either port serves, and who may call it. A route that is not listed here fails the build. */
class RoutesIT extends WholeApplication {

    private static final String ANY_CALLER = "any caller";
    private static final String NO_CALLER = "no caller";
    /** A path without a resource: 404 with a token, 401 without one. */
    private static final String NOTHING = "nothing";

    private static final Map<String, String> WHO = Map.ofEntries(
            Map.entry("api POST /deprovisions/{groupId}", "deprovision:write"),
            Map.entry("api POST /deprovisions/{groupId}/abandonment", "deprovision:approve"),
            Map.entry("api GET /deprovisions/{groupId}", "deprovision:read"),
            Map.entry("api DELETE /deprovisions/{groupId}", "deprovision:write"),
            Map.entry("api GET /deprovisions", "deprovision:read"),
            Map.entry("api GET /deprovisions/{groupId}/runs", "deprovision:read"),
            Map.entry("api GET /deprovisions/{groupId}/runs/{id}", "deprovision:read"),
            Map.entry("api GET /deprovisions/{groupId}/runs/{id}/blockers", "deprovision:read"),
            Map.entry("api GET /audit-entries", "audit:read"),
            Map.entry("api GET /webhook-deliveries", "webhook:manage"),
            Map.entry("api POST /webhook-deliveries/{id}/redelivery", "webhook:manage"),
            Map.entry("api GET /audit-entries/verification", "audit:read"),
            Map.entry("api GET /upstream", "upstream:read"),
            Map.entry("api * /error", NO_CALLER),
            Map.entry("api * /webjars/**", NOTHING),
            Map.entry("api * /**", NOTHING),
            Map.entry("management GET /actuator/health", ANY_CALLER),
            Map.entry("management GET /actuator/health/**", ANY_CALLER),
            Map.entry("management GET /actuator/prometheus", ANY_CALLER),
            Map.entry("management GET /actuator", NO_CALLER),
            Map.entry("management * /error", NO_CALLER),
            Map.entry("management * /webjars/**", NOTHING),
            Map.entry("management * /**", NOTHING));

    private static final List<String> SCOPES = List.of(
            "deprovision:read",
            "deprovision:write",
            "deprovision:approve",
            "deprovision:restore",
            "audit:read",
            "webhook:manage",
            "upstream:read");

    private final HttpClient client = HttpClient.newHttpClient();
    private final AddedBeans.Servers servers;
    private final int port;

    @Autowired
    RoutesIT(AddedBeans.Servers servers, @LocalServerPort int port, @LocalManagementPort int managementPort) {
        super(port, managementPort);
        this.servers = servers;
        this.port = port;
    }

    @Test
    void areAllListed() {
        assertThat(servers.contexts()).hasSize(2);
        var routes = new TreeSet<String>();
        for (var context : servers.contexts()) {
            var server = context.getParent() == null ? "api " : "management ";
            context.getBeansOfType(HandlerMapping.class).values().stream()
                    .flatMap(RoutesIT::routes)
                    .forEach(route -> routes.add(server + route));
        }
        assertThat(routes).isEqualTo(new TreeSet<>(WHO.keySet()));
    }

    private static Stream<String> routes(HandlerMapping mapping) {
        return switch (mapping) {
            case RequestMappingInfoHandlerMapping methods ->
                methods.getHandlerMethods().keySet().stream().flatMap(RoutesIT::routes);
            case AbstractUrlHandlerMapping urls ->
                urls.getHandlerMap().keySet().stream().map("* "::concat);
            case RouterFunctionMapping functions
            when functions.getRouterFunction() != null -> Stream.of("* " + functions.getRouterFunction());
            default -> Stream.of();
        };
    }

    private static Stream<String> routes(RequestMappingInfo info) {
        var methods = info.getMethodsCondition().getMethods();
        return info.getPatternValues().stream()
                .flatMap(pattern -> methods.isEmpty()
                        ? Stream.of("* " + pattern)
                        : methods.stream().map(RequestMethod::name).map(method -> method + " " + pattern));
    }

    @Test
    void letThroughOnlyTheCallersThatTheyAreFor() {
        assertThat(WHO).allSatisfy((route, who) -> {
            switch (who) {
                case ANY_CALLER -> assertThat(answer(route, null)).as(route).isNotIn(401, 403);
                case NO_CALLER -> assertRefused(route, SCOPES);
                case NOTHING -> assertNothing(route);
                default -> {
                    assertThat(answer(route, token(List.of(who)))).as(route).isNotIn(401, 403);
                    assertRefused(
                            route,
                            SCOPES.stream().filter(scope -> !scope.equals(who)).toList());
                }
            }
        });
    }

    private void assertNothing(String route) {
        assertThat(answer(route, null)).as(route + " without a token").isEqualTo(401);
        assertThat(answer(route, token(SCOPES))).as(route).isEqualTo(404);
    }

    private void assertRefused(String route, List<String> scopes) {
        assertThat(answer(route, null)).as(route + " without a token").isEqualTo(401);
        assertThat(answer(route, token(scopes))).as(route + " with " + scopes).isEqualTo(403);
    }

    @Test
    void answerHeadAsTheyDoGet() {
        var readable = WHO.entrySet().stream()
                .filter(route -> route.getKey().startsWith("api GET"))
                .toList();
        assertThat(readable).isNotEmpty().allSatisfy(route -> {
            var head = route.getKey().replace("GET", "HEAD");
            var reader = token(List.of(route.getValue()));
            assertThat(answer(head, reader)).as(head).isEqualTo(answer(route.getKey(), reader));
            assertRefused(
                    head,
                    SCOPES.stream()
                            .filter(scope -> !scope.equals(route.getValue()))
                            .toList());
        });
    }

    @Test
    void showNoDescriptionOfTheApi() {
        for (var path : List.of("/swagger-ui/index.html", "/swagger-ui.html", "/v3/api-docs", "/openapi.yaml")) {
            assertNothing("api GET " + path);
            assertNothing("management GET " + path);
        }
    }

    @Test
    void ofTheManagementPortAreNotServedOnTheOtherOne() {
        for (var route : Set.of("api GET /actuator/health", "api GET /actuator/prometheus")) {
            assertNothing(route);
        }
    }

    @Test
    void showOfTheHealthOnlyTheStatusAndTheLatestCheckOfTheConnection() throws IOException, InterruptedException {
        assertThat(health("")).contains("\"status\":\"UP\"").doesNotContain("details", "components");
        assertThat(answer("api GET /upstream", token(List.of("upstream:read")))).isEqualTo(200);
        assertThat(health("/connection")).contains("\"upstream\":", "\"checkedAt\":", "\"notOk\":[");
    }

    private String health(String group) throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + managementPort + "/actuator/health" + group);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    private static String token(List<String> scopes) {
        return around.tokens().callerToken(scopes.toArray(String[]::new));
    }

    private int answer(String route, @Nullable String token) {
        var parts = route.split(" ", 3);
        var path = parts[2].replaceAll("\\{\\w+}|\\*\\*", "nothing");
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + (parts[0].equals("api") ? port : managementPort) + path))
                .method(parts[1].equals("*") ? "GET" : parts[1], BodyPublishers.noBody());
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return client.send(request.build(), BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
