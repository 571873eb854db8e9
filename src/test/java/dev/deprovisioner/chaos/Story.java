package dev.deprovisioner.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.chaos.Event.Accepted;
import dev.deprovisioner.chaos.Event.Audited;
import dev.deprovisioner.chaos.Event.Commit;
import dev.deprovisioner.chaos.Event.Committed;
import dev.deprovisioner.chaos.Event.Committing;
import dev.deprovisioner.chaos.Event.Halted;
import dev.deprovisioner.chaos.Event.Kind;
import dev.deprovisioner.chaos.Event.Received;
import dev.deprovisioner.chaos.Event.Reported;
import dev.deprovisioner.chaos.Event.State;
import dev.deprovisioner.chaos.Event.StepState;
import dev.deprovisioner.chaos.Evidence.Entry;
import dev.deprovisioner.chaos.Evidence.Message;
import dev.deprovisioner.chaos.Evidence.RateLimit;
import dev.deprovisioner.chaos.Evidence.Run;
import dev.deprovisioner.chaos.Promise.Breach;
import dev.deprovisioner.chaos.Reply.Content;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Made-up evidence about one run, which keeps every promise unless a test says otherwise. */
final class Story extends Scene {

    static final String RUN = "run-1";
    private static final RateLimit LIMIT = new RateLimit(30, Duration.ofMinutes(1), Duration.ZERO);

    final List<Run> runs = new ArrayList<>();
    final List<Entry> audit = new ArrayList<>();
    final List<Message> outbox = new ArrayList<>();
    final Set<String> present = new HashSet<>();
    private final Map<String, StepState> steps = new HashMap<>();
    private @Nullable Integer membersTotal = 2;
    /** What is said of the number of removed members. */
    private @Nullable Integer removed = 0;

    boolean unlistedAllowed;

    void assertKeepsAll() {
        assertThat(breaches()).isEmpty();
    }

    /** This one, and no other. */
    void assertBreaks(Promise promise, String what) {
        assertThat(breaches()).isNotEmpty().extracting(Breach::promise).containsOnly(promise);
        assertThat(breaches()).extracting(Breach::what).anyMatch(text -> text.contains(what));
    }

    private List<Breach> breaches() {
        return Promise.breaches(new Evidence(events, runs, audit, outbox, present, LIMIT, unlistedAllowed));
    }

    /** The events of a run that deletes the group, without a breach. */
    static Story faultless() {
        return new Story().accepted().validated().removed().deleted().delivered();
    }

    Story accepted() {
        committed(new Commit(RUN, GROUP, true, state("SCHEDULED", "VALIDATE", null), false, entry("REQUEST", tick())));
        events.add(new Accepted(tick(), RUN));
        return this;
    }

    Story validated() {
        read(200, 2, true).asked("member-1").asked("member-2");
        return ended("VALIDATE", "VALIDATE", "REMOVE_MEMBERS");
    }

    Story removed() {
        intent("REMOVE_MEMBERS").sent(Kind.REMOVAL, 200, true).read(200, 0, true);
        return emptied();
    }

    /** The end of the step. */
    Story emptied() {
        return ended("REMOVE_MEMBERS", "REMOVE_MEMBERS", "DELETE_GROUP");
    }

    Story deleted() {
        return intent("DELETE_GROUP")
                .sent(Kind.DELETION, 204, true)
                .read(404, null, true)
                .gone();
    }

    Story gone() {
        var at = tick();
        steps.put("DELETE_GROUP", new StepState(true, false));
        var entry = List.of(new Audited("DELETE", "SUCCESS", removed, at));
        committed(new Commit(RUN, GROUP, false, state("SUCCEEDED", "SYNC_DIRECTORY", "DELETED"), false, entry));
        return this;
    }

    Story delivered() {
        events.add(new Received(tick(), RUN, "msg-1", removed));
        committed(new Commit(RUN, GROUP, false, null, true, entry("WEBHOOK", tick())));
        events.add(new Reported(tick(), RUN, "DELETED", removed));
        outbox.add(new Message("msg-1", RUN, "DELIVERED"));
        return stored(state("SUCCEEDED", "SYNC_DIRECTORY", "DELETED"));
    }

    Story stored(State state) {
        runs.add(new Run(RUN, GROUP, BEGIN, state.isTerminal() ? now() : null, state, membersTotal, removed, true));
        return this;
    }

    Story ended(String step, String action, String next) {
        steps.put(step, new StepState(true, false));
        var entry = List.of(new Audited(action, "SUCCESS", removed, tick()));
        return committed(new Commit(RUN, GROUP, false, state("RUNNING", next, null), false, entry));
    }

    /** The run goes back to its first step. */
    Story changed(List<Audited> entries) {
        steps.replaceAll((step, before) -> new StepState(false, false));
        return committed(new Commit(RUN, GROUP, false, state("RUNNING", "VALIDATE", null), false, entries));
    }

    Story intent(String step) {
        committed(intended(step));
        return this;
    }

    Commit intended(String step) {
        steps.put(step, new StepState(false, true));
        return new Commit(RUN, GROUP, false, state("RUNNING", step, null), false, List.of());
    }

    /** @param shown how many members; null if the answer does not say */
    Story read(int status, @Nullable Integer shown, boolean delivered) {
        Content content = status == 404
                ? new Reply.NoSuchGroup()
                : shown == null ? new Reply.Unclear() : new Reply.Members(members(shown), true);
        return read(new Reply(status, content, delivered));
    }

    Story read(Reply reply) {
        exchange(Kind.READ, reply);
        return this;
    }

    /** Its routing profile is active. */
    Story asked(String member) {
        exchange(Kind.PROFILE, new Reply(200, new Reply.ActiveProfile(member), true));
        return this;
    }

    /** The provider answers something else than the group. */
    Story controlled() {
        exchange(Kind.CONTROL, reply(200, true));
        return this;
    }

    /** It has its effect if it is answered so. */
    Story sent(Kind kind, int status, boolean delivered) {
        if (status < 300) {
            return applied(kind, status, delivered);
        }
        exchange(kind, reply(status, delivered));
        return this;
    }

    /** It has its effect, also if it is answered with an error. */
    Story applied(Kind kind, int status, boolean delivered) {
        int left = apply(kind, reply(status, delivered));
        return saying(removed == null ? left : removed + left);
    }

    private static Reply reply(int status, boolean delivered) {
        return new Reply(status, new Reply.Unclear(), delivered);
    }

    Story joined(String member) {
        join(member);
        return this;
    }

    /** What is said from now on of the number of removed members. */
    Story saying(@Nullable Integer number) {
        removed = number;
        return this;
    }

    /** Nothing is said of the number of members. */
    Story withoutTotal() {
        membersTotal = null;
        return this;
    }

    /** What follows is sent by another process. */
    Story takenOver() {
        isProcess("second");
        return this;
    }

    Story halted() {
        events.add(new Halted(tick(), process()));
        return this;
    }

    /** Announced, made, and stored. */
    Story committed(Commit commit) {
        events.add(new Committing(tick(), commit));
        events.add(new Committed(tick(), commit));
        commit.audited().forEach(entry -> audit.add(new Entry(commit.run(), entry)));
        return this;
    }

    State state(String status, String step, @Nullable String outcome) {
        return new State(status, step, outcome, Map.copyOf(steps));
    }

    static List<Audited> entry(String action, Instant at) {
        return List.of(new Audited(action, "SUCCESS", null, at));
    }
}
