package dev.deprovisioner.benchmark.provider;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Every group exists until it is deleted. Its id ends with the number of its members, as in {@code a-500}. */
final class Groups {

    private static final String USERS = "/api/v2/users/";
    private static final String PROFILE = """
            {"id":"profile","state":"active"}""";

    private final Map<String, String> lastChange = new ConcurrentHashMap<>();

    WireAnswer answer(WireRequest request) {
        var path = request.path();
        if (path.startsWith(USERS)) {
            return WireAnswer.ok(PROFILE);
        }
        return switch (request.method()) {
            case "GET" -> read(path);
            case "PATCH", "DELETE" -> change(path, request.method());
            default -> WireAnswer.error(405);
        };
    }

    private WireAnswer change(String path, String method) {
        if (method.equals(lastChange.put(path, method)) && method.equals("DELETE")) {
            return WireAnswer.error(404);
        }
        return WireAnswer.noContent();
    }

    private WireAnswer read(String path) {
        return switch (lastChange.getOrDefault(path, "")) {
            case "PATCH" -> WireAnswer.ok(group(path, 0));
            case "DELETE" -> WireAnswer.error(404);
            default -> WireAnswer.ok(group(path, Integer.parseInt(path.substring(path.lastIndexOf('-') + 1))));
        };
    }

    private static String group(String path, int members) {
        var id = path.substring(path.lastIndexOf('/') + 1);
        return IntStream.range(0, members)
                .mapToObj(i -> "{\"value\":\"member-" + i + "\"}")
                .collect(Collectors.joining(
                        ",", "{\"id\":\"" + id + "\",\"displayName\":\"Benchmark\",\"members\":[", "]}"));
    }
}
