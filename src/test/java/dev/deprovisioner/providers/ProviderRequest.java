package dev.deprovisioner.providers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.web.util.UriUtils;

/**
 * A request as it arrives at a provider.
 *
 * @param path the segments of the path, decoded one by one
 * @param query the parameters, decoded; one without a value is empty
 * @param headers the first value of each, by its name in lower case
 */
record ProviderRequest(
        String method, List<String> path, Map<String, String> query, Map<String, String> headers, String body) {

    static ProviderRequest of(HttpExchange http) throws IOException {
        var headers = new HashMap<String, String>();
        http.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        var uri = http.getRequestURI();
        return new ProviderRequest(
                http.getRequestMethod(),
                Stream.of(uri.getRawPath().substring(1).split("/", -1))
                        .map(segment -> UriUtils.decode(segment, UTF_8))
                        .toList(),
                parameters(uri.getRawQuery() == null ? "" : uri.getRawQuery()),
                headers,
                new String(http.getRequestBody().readAllBytes(), UTF_8));
    }

    /** The parameters of a query or a form. */
    static Map<String, String> parameters(String encoded) {
        var parameters = new LinkedHashMap<String, String>();
        Stream.of(encoded.split("&")).filter(pair -> !pair.isEmpty()).forEach(pair -> {
            int equals = pair.indexOf('=');
            var name = equals < 0 ? pair : pair.substring(0, equals);
            var value = equals < 0 ? "" : pair.substring(equals + 1);
            parameters.put(URLDecoder.decode(name, UTF_8), URLDecoder.decode(value, UTF_8));
        });
        return parameters;
    }

    String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    boolean is(String otherMethod) {
        return method.equals(otherMethod);
    }

    /** The number of a paging parameter. */
    int number(String name, int otherwise) {
        return query.containsKey(name) ? Integer.parseInt(query.get(name)) : otherwise;
    }

    /** Whether members are asked for by name. */
    boolean asksForMembers() {
        return List.of(query.getOrDefault("attributes", "").split(",")).contains("members");
    }
}
