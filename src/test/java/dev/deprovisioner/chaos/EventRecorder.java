package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Director.Moment;
import dev.deprovisioner.chaos.Event.Answered;
import dev.deprovisioner.chaos.Event.Arrived;
import dev.deprovisioner.chaos.Event.Committed;
import dev.deprovisioner.chaos.Event.Committing;
import dev.deprovisioner.chaos.Event.Held;
import dev.deprovisioner.chaos.Event.Received;
import dev.deprovisioner.chaos.Event.Request;
import dev.deprovisioner.chaos.witness.Sql;
import dev.deprovisioner.chaos.witness.Witness;
import dev.deprovisioner.testbed.Answer;
import dev.deprovisioner.testbed.ScimServer.Arrival;
import dev.deprovisioner.testbed.ScimServer.Exchange;
import dev.deprovisioner.testbed.ScimServer.Holding;
import dev.deprovisioner.testbed.WebhookReceiver.Delivery;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/** Stands wherever the service meets its surroundings, writes down what passes, and asks the director at each moment. */
final class EventRecorder implements Witness.Listener {

    private final EventLog chronicle;
    private final Director director;
    private final Traffic traffic = new Traffic();
    private final AtomicInteger requests = new AtomicInteger();

    /** Of the request that this thread is about. */
    private final ThreadLocal<Integer> number = ThreadLocal.withInitial(() -> 0);

    EventRecorder(EventLog chronicle, Director director) {
        this.chronicle = chronicle;
        this.director = director;
    }

    @Override
    public void beforeCommit(List<Sql> transaction) {
        var writes = EventLog.writes(transaction);
        if (!writes.isEmpty()) {
            var commit = chronicle.commit(writes);
            chronicle.add(at -> new Committing(at, commit));
            director.reached(commit.group(), new Moment(Moment.Kind.BEFORE_COMMIT, EventLog.name(writes)));
        }
    }

    @Override
    public void afterCommit(List<Sql> transaction) {
        var writes = EventLog.writes(transaction);
        if (!writes.isEmpty()) {
            var commit = chronicle.commit(writes);
            chronicle.add(at -> new Committed(at, commit));
            director.reached(commit.group(), new Moment(Moment.Kind.AFTER_COMMIT, EventLog.name(writes)));
        }
    }

    Optional<Answer> arrived(Arrival arrival) {
        int request = requests.incrementAndGet();
        number.set(request);
        var about = traffic.request(arrival);
        chronicle.add(at -> new Arrived(at, request, about));
        director.reached(about.group(), new Moment(Moment.Kind.ARRIVAL, Traffic.name(about, arrival)));
        return director.answer(about, arrival);
    }

    /** A group was written, by this thread's request if it has one: others are not the service's. */
    void held(Holding holding) {
        traffic.knows(holding.groupId(), holding.members());
        var members = holding.present() ? holding.members() : null;
        int request = number.get();
        chronicle.add(at -> new Held(at, holding.groupId(), members, request));
    }

    Answer answered(Arrival arrival, Answer answer) {
        return director.answered(arrival, answer);
    }

    void exchanged(Exchange exchange) {
        var arrival = exchange.arrival();
        var about = traffic.request(arrival);
        try {
            director.reached(about.group(), new Moment(Moment.Kind.EXCHANGE, Traffic.name(about, arrival)));
        } catch (RuntimeException e) {
            answered(about, exchange, false);
            throw e;
        }
        answered(about, exchange, true);
    }

    private void answered(Request about, Exchange exchange, boolean delivered) {
        int request = number.get();
        var reply = Traffic.reply(about, exchange, delivered);
        chronicle.add(at -> new Answered(at, request, about, reply));
    }

    void delivered(Delivery delivery) {
        var body = JsonMapper.shared().readTree(delivery.body());
        var run = body.get("deprovision_id").asString();
        var removed = EventLog.number(body.path("members_removed"));
        chronicle.add(at -> new Received(at, run, delivery.id(), removed));
        director.reached(body.get("group_id").asString(), new Moment(Moment.Kind.DELIVERY, "the webhook"));
    }
}
