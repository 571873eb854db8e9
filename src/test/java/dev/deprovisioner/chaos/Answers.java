package dev.deprovisioner.chaos;

import dev.deprovisioner.Portal;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;

/** Counts what callers are answered. */
final class Answers {

    private static final String NONE = "none";
    private static final Set<String> EXPECTED = Set.of("200", "202", "409", "503", NONE);

    private final Map<String, Map<String, Long>> counts = new ConcurrentHashMap<>();

    /** @throws UncheckedIOException if there is no answer */
    HttpResponse<String> of(String request, Supplier<HttpResponse<String>> exchange) {
        try {
            var answer = exchange.get();
            count(request, String.valueOf(answer.statusCode()));
            return answer;
        } catch (UncheckedIOException e) {
            count(request, NONE);
            throw e;
        }
    }

    void unreadable(String request) {
        count(request, "unreadable");
    }

    /** A chain that is not valid counts as an answer of its own. */
    void chain(HttpResponse<String> verification) {
        if (verification.statusCode() == 200 && !isValid(verification)) {
            count("verification", "broken");
        }
    }

    private static boolean isValid(HttpResponse<String> verification) {
        try {
            return Portal.json(verification).path("valid").asBoolean(false);
        } catch (JacksonException e) {
            return false;
        }
    }

    private void count(String request, String status) {
        counts.computeIfAbsent(request, name -> new ConcurrentHashMap<>()).merge(status, 1L, Long::sum);
    }

    /** How often which status came, by request. */
    Map<String, Map<String, Long>> counts() {
        var sorted = new TreeMap<String, Map<String, Long>>();
        counts.forEach((request, statuses) -> sorted.put(request, new TreeMap<>(statuses)));
        return sorted;
    }

    /** Those that do not say what happened, or say that the service failed. */
    long unexpected() {
        return counts.values().stream()
                .flatMap(statuses -> statuses.entrySet().stream())
                .filter(count -> !EXPECTED.contains(count.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
