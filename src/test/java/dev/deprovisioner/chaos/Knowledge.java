package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Event.Arrived;
import dev.deprovisioner.chaos.Event.Commit;
import dev.deprovisioner.chaos.Event.Kind;
import dev.deprovisioner.chaos.Event.Request;
import dev.deprovisioner.chaos.Event.State;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is committed about a group, and what each living process has seen of it. */
final class Knowledge {

    /** How old a read may be when a request is sent that members would not have to be named for, and a second more. */
    private static final Duration FRESH = Duration.ofSeconds(31);
    /** The same where only members who are named can be removed. */
    private static final Duration FRESH_FOR_NAMES = Duration.ofSeconds(61);

    private @Nullable State state;
    private final Map<String, Seen> seen = new HashMap<>();
    private final Set<Integer> sentOnIntent = new HashSet<>();

    /** What one process has seen. */
    private static final class Seen {

        private @Nullable Arrived lastRead;
        private @Nullable Reply lastReply;

        void reading(Arrived read) {
            lastRead = read;
            lastReply = null;
        }

        void answered(int number, Reply reply) {
            if (lastRead != null && lastRead.number() == number) {
                lastReply = reply;
            }
        }
    }

    void committed(Commit commit) {
        if (commit.state() != null) {
            state = commit.state();
            sentOnIntent.clear();
        }
    }

    void arrived(Arrived arrived) {
        var kind = arrived.request().kind();
        if (kind == Kind.READ) {
            seenBy(arrived.request()).reading(arrived);
        } else if (kind.isDestructive()) {
            sentOnIntent.add(arrived.number());
        }
    }

    void answered(int number, Request request, Reply reply) {
        seenBy(request).answered(number, reply);
        // Refused unread, the same request may be sent again on the same intent.
        if (reply.delivered() && (reply.status() == 429 || reply.status() == 401)) {
            sentOnIntent.remove(number);
        }
    }

    /** A new process has seen nothing. */
    void forget(String process) {
        seen.remove(process);
    }

    private Seen seenBy(Request request) {
        return seen.computeIfAbsent(request.process(), process -> new Seen());
    }

    Stream<String> objections(Arrived sent) {
        return Stream.concat(objectionsToIntent(sent.request()), objectionsToRead(sent));
    }

    private Stream<String> objectionsToIntent(Request request) {
        if (state == null || !isIntended(state, request.kind())) {
            return Stream.of("A " + request.kind() + " was sent without a committed intent");
        }
        return sentOnIntent.isEmpty()
                ? Stream.empty()
                : Stream.of(
                        "A " + request.kind() + " was sent again on an intent whose request may have had an effect");
    }

    private static boolean isIntended(State state, Kind kind) {
        var step = kind.isRemoval() ? "REMOVE_MEMBERS" : "DELETE_GROUP";
        var record = state.steps().get(step);
        return state.status().equals("RUNNING") && state.step().equals(step) && record != null && record.intends();
    }

    private Stream<String> objectionsToRead(Arrived sent) {
        var kind = sent.request().kind();
        var known = seenBy(sent.request());
        var lastRead = known.lastRead;
        var reply = known.lastReply;
        if (lastRead == null || reply == null || !reply.delivered() || reply.status() != 200) {
            return Stream.of("A " + kind + " was sent on no read, or on one that failed");
        }
        if (isPartial(reply, kind)) {
            return Stream.of("A " + kind + " was sent on a partial read");
        }
        if (kind == Kind.DELETION && !reply.shown().isEmpty()) {
            return Stream.of(
                    "A DELETION was sent on a read with " + reply.shown().size() + " members");
        }
        return isStale(sent, lastRead) ? Stream.of("A " + kind + " was sent on a stale read") : Stream.empty();
    }

    /** Those who are listed are members for certain, also where there are more: they may be removed by name. */
    private static boolean isPartial(Reply reply, Kind kind) {
        return !(reply.content() instanceof Reply.Members(var ids, var complete)) || (kind.takesAll() && !complete);
    }

    /** The version that the request names does not count: many providers do not look at it. */
    private static boolean isStale(Arrived sent, Arrived read) {
        var limit = sent.request().kind().takesAll() ? FRESH : FRESH_FOR_NAMES;
        return Duration.between(read.at(), sent.at()).compareTo(limit) > 0;
    }
}
