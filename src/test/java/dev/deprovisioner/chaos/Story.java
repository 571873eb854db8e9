package dev.deprovisioner.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.chaos.Event.Accepted;
import dev.deprovisioner.chaos.Event.Answered;
import dev.deprovisioner.chaos.Event.Arrived;
import dev.deprovisioner.chaos.Event.Audited;
import dev.deprovisioner.chaos.Event.Commit;
import dev.deprovisioner.chaos.Event.Committed;
import dev.deprovisioner.chaos.Event.Committing;
import dev.deprovisioner.chaos.Event.Halted;
import dev.deprovisioner.chaos.Event.Kind;
import dev.deprovisioner.chaos.Event.Reply;
import dev.deprovisioner.chaos.Event.Request;
import dev.deprovisioner.chaos.Event.State;
import dev.deprovisioner.chaos.Event.StepState;
import dev.deprovisioner.chaos.Event.Told;
import dev.deprovisioner.chaos.Evidence.Entry;
import dev.deprovisioner.chaos.Evidence.Message;
import dev.deprovisioner.chaos.Evidence.RateLimit;
import dev.deprovisioner.chaos.Evidence.Run;
import dev.deprovisioner.chaos.Promise.Breach;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Made-up evidence about one run, which keeps every promise unless a test tells otherwise. */
final class Story {

    static final String RUN = "run-1";
    static final String GROUP = "sales";
    private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");
    private static final RateLimit LIMIT = new RateLimit(30, Duration.ofMinutes(1), Duration.ZERO);

    final List<Event> events = new ArrayList<>();
    final List<Run> runs = new ArrayList<>();
    final List<Entry> audit = new ArrayList<>();
    final List<Message> outbox = new ArrayList<>();
    final Set<String> present = new HashSet<>();
    private final Map<String, StepState> steps = new HashMap<>();
    private int requests;
    private String process = "first";
    private Instant now = BEGIN;

    void assertKeepsAll() {
        assertThat(breaches()).isEmpty();
    }

    /** This one, and no other. */
    void assertBreaks(Promise promise, String what) {
        assertThat(breaches()).isNotEmpty().extracting(Breach::promise).containsOnly(promise);
        assertThat(breaches()).extracting(Breach::what).anyMatch(text -> text.contains(what));
    }

    private List<Breach> breaches() {
        return Promise.breaches(new Evidence(events, runs, audit, outbox, present, LIMIT));
    }

    Instant later(Duration time) {
        now = now.plus(time);
        return now;
    }

    private Instant tick() {
        return later(Duration.ofMillis(100));
    }

    /** A run that takes the group out, told as it should be. */
    static Story faultless() {
        return new Story().accepted().validated().removed().deleted().delivered();
    }

    Story accepted() {
        committed(new Commit(RUN, GROUP, true, state("SCHEDULED", "VALIDATE", null), false, entry("REQUEST", tick())));
        events.add(new Accepted(tick(), RUN));
        return this;
    }

    Story validated() {
        read(200, "v1", 2, true);
        return ended("VALIDATE", "VALIDATE", "REMOVE_MEMBERS");
    }

    Story removed() {
        intent("REMOVE_MEMBERS").sent(Kind.REMOVAL, "v1", 200, "v2", true).read(200, "v2", 0, true);
        return ended("REMOVE_MEMBERS", "REMOVE_MEMBERS", "DELETE_GROUP");
    }

    Story deleted() {
        return intent("DELETE_GROUP")
                .sent(Kind.DELETION, "v2", 204, null, true)
                .read(404, null, null, true)
                .gone();
    }

    Story gone() {
        var at = tick();
        steps.put("DELETE_GROUP", new StepState(at, false));
        committed(new Commit(
                RUN, GROUP, false, state("SUCCEEDED", "SYNC_DIRECTORY", "DELETED"), false, entry("DELETE", at)));
        return this;
    }

    Story delivered() {
        events.add(new Told(tick(), RUN, "msg-1"));
        committed(new Commit(RUN, GROUP, false, null, true, entry("WEBHOOK", tick())));
        outbox.add(new Message("msg-1", RUN, "DELIVERED"));
        return stored(state("SUCCEEDED", "SYNC_DIRECTORY", "DELETED"));
    }

    Story stored(State state) {
        runs.add(new Run(RUN, GROUP, BEGIN, state.isTerminal() ? now : null, state, true));
        return this;
    }

    Story ended(String step, String action, String next) {
        var at = tick();
        steps.put(step, new StepState(at, false));
        return committed(new Commit(RUN, GROUP, false, state("RUNNING", next, null), false, entry(action, at)));
    }

    Story intent(String step) {
        committed(intended(step));
        return this;
    }

    Commit intended(String step) {
        steps.put(step, new StepState(null, true));
        return new Commit(RUN, GROUP, false, state("RUNNING", step, null), false, List.of());
    }

    Story read(int status, @Nullable String etag, @Nullable Integer members, boolean delivered) {
        return exchanged(new Request(GROUP, Kind.READ, null, process), new Reply(status, etag, members, delivered));
    }

    Story sent(Kind kind, @Nullable String ifMatch, int status, @Nullable String etag, boolean delivered) {
        return exchanged(new Request(GROUP, kind, ifMatch, process), new Reply(status, etag, null, delivered));
    }

    private Story exchanged(Request request, Reply reply) {
        events.add(new Arrived(tick(), ++requests, request));
        events.add(new Answered(tick(), requests, request, reply));
        return this;
    }

    /** What follows is sent by another process. */
    Story takenOver() {
        process = "second";
        return this;
    }

    Story halted() {
        events.add(new Halted(tick(), process));
        return this;
    }

    /** Announced, made, and stored. */
    Story committed(Commit commit) {
        events.add(new Committing(tick(), commit));
        events.add(new Committed(tick(), commit));
        commit.audited().forEach(entry -> audit.add(new Entry(commit.run(), entry.action(), "SUCCESS", entry.at())));
        return this;
    }

    State state(String status, String step, @Nullable String outcome) {
        return new State(status, step, outcome, Map.copyOf(steps));
    }

    static List<Audited> entry(String action, Instant at) {
        return List.of(new Audited(action, at));
    }
}
