package dev.deprovisioner.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.deprovisioner.testbed.ScimServer.Arrival;
import dev.deprovisioner.testbed.ScimServer.Exchange;
import dev.deprovisioner.testbed.ScimServer.Holding;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Checks the bearer token, answers, and keeps the journal of a {@link ScimServer}. */
class RecordingHandler implements HttpHandler {

    private final String groupsPath;
    private final GroupEndpoint groups;
    private final RoutingProfiles profiles;
    private final Predicate<String> acceptedTokens;
    private final String adminToken;
    private final List<Exchange> journal = new CopyOnWriteArrayList<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger maxInFlight = new AtomicInteger();
    private volatile Duration latency = Duration.ZERO;
    private final Map<String, Set<Quirk>> quirks = new ConcurrentHashMap<>();
    private volatile Function<Arrival, Optional<Answer>> arrivalHook = arrival -> Optional.empty();
    private volatile BiFunction<Arrival, Answer, Answer> answerHook = (arrival, answer) -> answer;
    private volatile Consumer<Exchange> hook = exchange -> {};
    private volatile Function<Supplier<Answer>, Answer> quota = Supplier::get;

    RecordingHandler(String groupsPath, Predicate<String> acceptedTokens, String adminToken, RoutingProfiles profiles) {
        this.groupsPath = groupsPath;
        this.groups = new GroupEndpoint(groupsPath.substring(groupsPath.lastIndexOf('/')));
        this.acceptedTokens = acceptedTokens;
        this.adminToken = adminToken;
        this.profiles = profiles;
    }

    @Override
    public void handle(HttpExchange http) throws IOException {
        try (http) {
            String body = new String(http.getRequestBody().readAllBytes(), UTF_8);
            String token = header(http, "Authorization").replaceFirst("^Bearer ", "");
            Answer answer = token.equals(adminToken) ? answer(http, body) : recorded(http, token, body);
            answer.sendTo(http);
        }
    }

    void latency(Duration value) {
        latency = value;
    }

    void onArrival(Function<Arrival, Optional<Answer>> value) {
        arrivalHook = value;
    }

    void quirks(String groupId, Set<Quirk> value) {
        quirks.put(groupId, Set.copyOf(value));
    }

    void onWrite(Consumer<Holding> value) {
        groups.onWrite(value);
    }

    void onAnswer(BiFunction<Arrival, Answer, Answer> value) {
        answerHook = value;
    }

    void onExchange(Consumer<Exchange> value) {
        hook = value;
    }

    void quota(Quota value) {
        quota = value::answer;
    }

    List<Exchange> journal() {
        return List.copyOf(journal);
    }

    int maxInFlight() {
        return maxInFlight.get();
    }

    /** Leaves the count before the answer is sent: the client may send its next request as soon as it has that. */
    private Answer recorded(HttpExchange http, String token, String body) {
        maxInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        try {
            LockSupport.parkNanos(latency.toNanos());
            Arrival arrival = arrival(http, body);
            Answer answer = arrivalHook
                    .apply(arrival)
                    .orElseGet(() -> answerHook.apply(arrival, quota.apply(() -> authorized(http, token, body))));
            Exchange exchange = exchange(arrival, answer);
            journal.add(exchange);
            hook.accept(exchange);
            return answer;
        } finally {
            inFlight.decrementAndGet();
        }
    }

    private Answer authorized(HttpExchange http, String token, String body) {
        if (!acceptedTokens.test(token)) {
            return Answer.unauthorized();
        }
        Answer answer = answer(http, body);
        for (Quirk quirk : quirks(http)) {
            answer = quirk.answer(http.getRequestMethod(), answer);
        }
        return answer;
    }

    private Set<Quirk> quirks(HttpExchange http) {
        String path = http.getRequestURI().getPath();
        return path.startsWith(groupsPath + "/")
                ? quirks.getOrDefault(path.substring(groupsPath.length() + 1), Set.of())
                : Set.of();
    }

    private Answer answer(HttpExchange http, String body) {
        String path = http.getRequestURI().getPath();
        if (path.equals(groupsPath) || path.startsWith(groupsPath + "/")) {
            String url = "http://" + header(http, "Host") + http.getRequestURI();
            Map<String, String> headers = headers(http);
            for (Quirk quirk : quirks(http)) {
                headers = quirk.headers(headers);
            }
            return groups.answer(http.getRequestMethod(), url, headers, body);
        }
        return profiles.answer(http.getRequestMethod(), path);
    }

    private static Arrival arrival(HttpExchange http, String body) {
        return new Arrival(
                http.getRequestMethod(),
                http.getRequestURI().toString(),
                http.getRequestHeaders().getFirst("If-Match"),
                header(http, "User-Agent"),
                body);
    }

    private static Exchange exchange(Arrival arrival, Answer answer) {
        return new Exchange(
                arrival.method(),
                arrival.path(),
                arrival.ifMatch(),
                arrival.userAgent(),
                arrival.body(),
                answer.status(),
                answer);
    }

    private static Map<String, String> headers(HttpExchange http) {
        var headers = new HashMap<String, String>();
        http.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
        return headers;
    }

    private static String header(HttpExchange http, String name) {
        return Objects.requireNonNullElse(http.getRequestHeaders().getFirst(name), "");
    }
}
