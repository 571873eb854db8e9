package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Event.Kind;
import dev.deprovisioner.chaos.Event.Request;
import dev.deprovisioner.chaos.Reply.Content;
import dev.deprovisioner.testbed.ScimServer.Arrival;
import dev.deprovisioner.testbed.ScimServer.Exchange;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Sorts requests of the service to the provider, and their answers: what they are about, and what they say. */
final class Traffic {

    private static final String GROUPS = "/api/v2/scim/groups";
    private static final Pattern PROFILE = Pattern.compile("/api/v2/users/([^/]+)/routing/profile.*");
    private static final String ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";

    private final Map<String, String> groupOfMember = new ConcurrentHashMap<>();

    void knows(String group, Set<String> members) {
        members.forEach(member -> groupOfMember.put(member, group));
    }

    Request request(Arrival arrival) {
        var path = arrival.path();
        var profile = PROFILE.matcher(path);
        if (profile.matches()) {
            return new Request(groupOfMember.getOrDefault(profile.group(1), ""), Kind.PROFILE, arrival.userAgent());
        }
        var group = isAboutGroup(path) ? path.substring(GROUPS.length() + 1).replaceFirst("[?].*", "") : "";
        return new Request(group, kind(arrival), arrival.userAgent());
    }

    private static boolean isAboutGroup(String path) {
        return path.startsWith(GROUPS + "/");
    }

    private static Kind kind(Arrival arrival) {
        if (!isAboutGroup(arrival.path())) {
            return arrival.path().startsWith(GROUPS) && arrival.method().equals("GET") ? Kind.CONTROL : Kind.OTHER;
        }
        return switch (arrival.method()) {
            case "GET" -> Kind.READ;
            case "PATCH" -> isNaming(arrival.body()) ? Kind.NAMED_REMOVAL : Kind.REMOVAL;
            case "DELETE" -> Kind.DELETION;
            default -> Kind.OTHER;
        };
    }

    private static boolean isNaming(String patch) {
        return patch.contains("[value eq") || patch.contains("\"value\"");
    }

    /** What a request is called; the same for all groups and members. */
    static String name(Request request, Arrival arrival) {
        var what = request.kind() == Kind.PROFILE
                ? "a routing profile"
                : request.group().isEmpty() ? arrival.path() : arrival.path().replace(request.group(), "{id}");
        return arrival.method() + " " + what;
    }

    static Reply reply(Request request, Exchange exchange, boolean delivered) {
        return new Reply(exchange.status(), content(request, exchange), delivered);
    }

    private static Content content(Request request, Exchange exchange) {
        var body = body(exchange);
        return switch (request.kind()) {
            case READ -> exchange.status() == 200 ? members(exchange, body) : absence(exchange, body);
            case PROFILE -> profile(exchange, body);
            case CONTROL, REMOVAL, NAMED_REMOVAL, DELETION, OTHER -> new Reply.Unclear();
        };
    }

    /** An absent list is empty only if it was asked for. */
    private static Content members(Exchange exchange, JsonNode body) {
        var members = body.path("members");
        boolean askedFor = exchange.path().contains("attributes=members") && body.isObject();
        if (!members.isArray() && !(askedFor && members.isMissingNode())) {
            return new Reply.Unclear();
        }
        var ids = members.values().stream()
                .map(member -> member.path("value").asString(""))
                .collect(Collectors.toUnmodifiableSet());
        return new Reply.Members(ids, body.path("totalResults").asInt(ids.size()) <= ids.size());
    }

    private static Content absence(Exchange exchange, JsonNode body) {
        boolean isScim = body.path("schemas").values().stream().anyMatch(schema -> ERROR.equals(schema.asString("")))
                && body.path("status").asString("").equals(String.valueOf(exchange.status()));
        return isScim && (exchange.status() == 404 || exchange.status() == 410)
                ? new Reply.NoSuchGroup()
                : new Reply.Unclear();
    }

    private static Content profile(Exchange exchange, JsonNode body) {
        var path = PROFILE.matcher(exchange.path());
        return exchange.status() == 200 && body.path("state").asString("").equals("active") && path.matches()
                ? new Reply.ActiveProfile(path.group(1))
                : new Reply.Unclear();
    }

    /** Nothing, if it is damaged. */
    private static JsonNode body(Exchange exchange) {
        try {
            return JsonMapper.shared().readTree(exchange.answer().body());
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }
}
