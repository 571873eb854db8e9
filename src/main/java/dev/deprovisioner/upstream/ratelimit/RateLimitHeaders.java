package dev.deprovisioner.upstream.ratelimit;

import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.RateCap;
import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.RemainingQuota;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Reads the provider's rate limit from the headers of an answer. It knows {@code inin-ratelimit-*} of Genesys Cloud,
 * and {@code RateLimit} and {@code RateLimit-Policy} (draft-ietf-httpapi-ratelimit-headers), the latter two in the
 * forms of all versions of the draft. A value in another form is ignored, and so is one for longer than a day.
 */
public final class RateLimitHeaders {

    private static final int MAX_LENGTH = 1000;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final String QUOTED = "\"[^\"\\\\]{0,100}\"";
    private static final Pattern ITEM = Pattern.compile(("(?:Q|[A-Za-z0-9*][\\w*.-]{0,100})"
                    + "(?:[ \\t]*;[ \\t]*[a-z*][\\w*.-]{0,30}(?:=(?:Q|[\\w*.:/+=?-]{1,100}))?)*")
            .replace("Q", QUOTED));
    private static final Pattern OLD_LEFT =
            Pattern.compile("(?:limit=\\d{1,9}, *)?remaining=(\\d{1,9}), *reset=(\\d{1,9})");
    private static final String NOT_IN_QUOTES = "(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)";

    private RateLimitHeaders() {}

    public static List<ThrottleSignal> signals(HttpHeaders headers) {
        var throttle = new ArrayList<ThrottleSignal>();
        genesys(headers, throttle);
        left(number(headers, "RateLimit-Remaining"), number(headers, "RateLimit-Reset"), throttle);
        var old = OLD_LEFT.matcher(field(headers, "RateLimit"));
        if (old.matches()) {
            left(Long.valueOf(old.group(1)), Long.valueOf(old.group(2)), throttle);
        }
        items(headers, "RateLimit").forEach(item -> left(number(item.get("r")), number(item.get("t")), throttle));
        items(headers, "RateLimit-Policy").forEach(item -> policy(item, throttle));
        return throttle;
    }

    private static void genesys(HttpHeaders headers, List<ThrottleSignal> throttle) {
        var count = number(headers, "inin-ratelimit-count");
        var allowed = number(headers, "inin-ratelimit-allowed");
        if (count != null && allowed != null) {
            left(Math.max(0, allowed - count), number(headers, "inin-ratelimit-reset"), throttle);
        }
    }

    private static String field(HttpHeaders headers, String name) {
        var field = String.join(", ", headers.getOrEmpty(name)).strip();
        return field.length() > MAX_LENGTH ? "" : field;
    }

    /** The parameters of each item of a structured field (RFC 9651), its own value as that of an empty name. */
    private static List<Map<String, String>> items(HttpHeaders headers, String name) {
        if (!headers.containsHeader(name)) {
            return List.of();
        }
        var items = Stream.of(field(headers, name).split("," + NOT_IN_QUOTES, -1))
                .map(String::strip)
                .toList();
        return items.stream().allMatch(ITEM.asMatchPredicate())
                ? items.stream().map(RateLimitHeaders::parameters).toList()
                : List.of();
    }

    private static Map<String, String> parameters(String item) {
        var parameters = new HashMap<String, String>();
        for (var part : item.split(";" + NOT_IN_QUOTES, -1)) {
            var nameAndValue = part.strip().split("=", 2);
            boolean value = parameters.isEmpty();
            parameters.put(value ? "" : nameAndValue[0], value ? part.strip() : nameAndValue[nameAndValue.length - 1]);
        }
        return parameters;
    }

    /** A quota of bytes or of requests in flight says nothing about a rate. */
    private static void policy(Map<String, String> item, List<ThrottleSignal> throttle) {
        var quota = number(item.getOrDefault("q", item.get("")));
        boolean ofRequests = item.getOrDefault("qu", "\"requests\"").equals("\"requests\"");
        var seconds = number(item.get("w"));
        if (quota != null && quota > 0 && ofRequests && seconds != null && isPeriod(seconds)) {
            throttle.add(RateCap.policy(quota, Duration.ofSeconds(seconds)));
        }
    }

    private static boolean isPeriod(long seconds) {
        return seconds > 0 && seconds <= ThrottleSignal.LONGEST.toSeconds();
    }

    private static void left(@Nullable Long many, @Nullable Long seconds, List<ThrottleSignal> throttle) {
        if (many != null && seconds != null && isPeriod(seconds)) {
            throttle.add(new RemainingQuota(many, Duration.ofSeconds(seconds)));
        }
    }

    static @Nullable Long number(HttpHeaders headers, String name) {
        return number(headers.getFirst(name));
    }

    private static @Nullable Long number(@Nullable String value) {
        return value != null && NUMBER.matcher(value).matches() ? Long.valueOf(value) : null;
    }
}
