package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Director.Moment;
import dev.deprovisioner.chaos.Event.Answered;
import dev.deprovisioner.chaos.Event.Arrived;
import dev.deprovisioner.chaos.Event.Committed;
import dev.deprovisioner.chaos.Event.Committing;
import dev.deprovisioner.chaos.Event.Kind;
import dev.deprovisioner.chaos.Event.Reply;
import dev.deprovisioner.chaos.Event.Request;
import dev.deprovisioner.chaos.Event.Told;
import dev.deprovisioner.chaos.witness.Sql;
import dev.deprovisioner.chaos.witness.Witness;
import dev.deprovisioner.testbed.Answer;
import dev.deprovisioner.testbed.ScimServer.Arrival;
import dev.deprovisioner.testbed.ScimServer.Exchange;
import dev.deprovisioner.testbed.WebhookReceiver.Delivery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Stands wherever the service meets its surroundings, writes down what passes, and asks the director at each moment. */
final class Lookout implements Witness.Listener {

    private static final String GROUPS = "/api/v2/scim/groups/";

    private final Chronicle chronicle;
    private final Director director;
    private final Map<String, String> groupOfMember = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();

    /** Of the request that this thread is about. */
    private final ThreadLocal<Integer> number = new ThreadLocal<>();

    Lookout(Chronicle chronicle, Director director) {
        this.chronicle = chronicle;
        this.director = director;
    }

    void knows(String group, List<String> members) {
        members.forEach(member -> groupOfMember.put(member, group));
    }

    @Override
    public void beforeCommit(List<Sql> transaction) {
        var writes = Chronicle.writes(transaction);
        if (!writes.isEmpty()) {
            var commit = chronicle.commit(writes);
            chronicle.add(at -> new Committing(at, commit));
            director.reached(commit.group(), new Moment(Moment.Kind.BEFORE_COMMIT, Chronicle.name(writes)));
        }
    }

    @Override
    public void afterCommit(List<Sql> transaction) {
        var writes = Chronicle.writes(transaction);
        if (!writes.isEmpty()) {
            var commit = chronicle.commit(writes);
            chronicle.add(at -> new Committed(at, commit));
            director.reached(commit.group(), new Moment(Moment.Kind.AFTER_COMMIT, Chronicle.name(writes)));
        }
    }

    Optional<Answer> arrived(Arrival arrival) {
        int request = requests.incrementAndGet();
        number.set(request);
        var about = request(arrival.method(), arrival.path(), arrival.ifMatch(), arrival.userAgent());
        chronicle.add(at -> new Arrived(at, request, about));
        director.reached(about.group(), new Moment(Moment.Kind.ARRIVAL, name(about, arrival.method(), arrival.path())));
        return director.answer(about.group(), arrival);
    }

    void exchanged(Exchange exchange) {
        var about = request(exchange.method(), exchange.path(), exchange.ifMatch(), exchange.userAgent());
        try {
            var name = name(about, exchange.method(), exchange.path());
            director.reached(about.group(), new Moment(Moment.Kind.EXCHANGE, name));
        } catch (RuntimeException e) {
            answered(about, exchange, false);
            throw e;
        }
        answered(about, exchange, true);
    }

    private void answered(Request about, Exchange exchange, boolean delivered) {
        int request = number.get();
        var answer = exchange.answer();
        var reply = new Reply(answer.status(), answer.headers().get("ETag"), members(exchange), delivered);
        chronicle.add(at -> new Answered(at, request, about, reply));
    }

    void delivered(Delivery delivery) {
        var body = JsonMapper.shared().readTree(delivery.body());
        var run = body.get("deprovision_id").asString();
        chronicle.add(at -> new Told(at, run, delivery.id()));
        director.reached(body.get("group_id").asString(), new Moment(Moment.Kind.DELIVERY, "the webhook"));
    }

    private Request request(String method, String path, @Nullable String ifMatch, String process) {
        if (path.startsWith(GROUPS)) {
            var kind = switch (method) {
                case "GET" -> Kind.READ;
                case "PATCH" -> Kind.REMOVAL;
                case "DELETE" -> Kind.DELETION;
                default -> Kind.OTHER;
            };
            return new Request(path.substring(GROUPS.length()).replaceFirst("[?].*", ""), kind, ifMatch, process);
        }
        var group = groupOfMember.entrySet().stream()
                .filter(member -> path.contains("/" + member.getKey() + "/"))
                .map(Map.Entry::getValue)
                .findFirst();
        return new Request(group.orElse(""), Kind.OTHER, ifMatch, process);
    }

    private String name(Request about, String method, String path) {
        return method + " " + (about.kind() == Kind.OTHER ? "a routing profile" : path.replace(about.group(), "{id}"));
    }

    /** Nothing, if it is damaged. */
    private static JsonNode body(Exchange exchange) {
        try {
            return JsonMapper.shared().readTree(exchange.answer().body());
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    /** An absent list is empty only if it was asked for. */
    private static @Nullable Integer members(Exchange exchange) {
        if (!exchange.method().equals("GET")
                || exchange.status() != 200
                || !exchange.path().startsWith(GROUPS)) {
            return null;
        }
        var members = body(exchange).path("members");
        boolean askedFor = exchange.path().contains("attributes=members");
        return members.isArray() || (askedFor && members.isMissingNode()) ? Integer.valueOf(members.size()) : null;
    }
}
