package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Event.Answered;
import dev.deprovisioner.chaos.Event.Arrived;
import dev.deprovisioner.chaos.Event.Held;
import dev.deprovisioner.chaos.Event.Kind;
import dev.deprovisioner.chaos.Event.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A provider with one group of two members, and processes that send it requests one after the other. */
class Scene {

    static final String GROUP = "sales";
    static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");

    final List<Event> events = new ArrayList<>();
    private int requests;
    private String process = "first";
    private Instant now = BEGIN;
    private Set<String> members = Set.of();

    Scene() {
        held(members(2), 0);
    }

    static Set<String> members(int number) {
        return IntStream.rangeClosed(1, number).mapToObj(i -> "member-" + i).collect(Collectors.toSet());
    }

    Instant now() {
        return now;
    }

    Instant later(Duration time) {
        now = now.plus(time);
        return now;
    }

    Instant tick() {
        return later(Duration.ofMillis(100));
    }

    String process() {
        return process;
    }

    void isProcess(String name) {
        process = name;
    }

    void exchange(Kind kind, Reply reply) {
        exchange(kind, reply, () -> {});
    }

    /** @return how many members leave the group by a removal */
    int apply(Kind kind, Reply reply) {
        int before = members.size();
        exchange(kind, reply, () -> held(kind.isRemoval() ? Set.of() : null, requests));
        return kind.isRemoval() ? before : 0;
    }

    private void exchange(Kind kind, Reply reply, Runnable effect) {
        var request = new Request(GROUP, kind, process);
        events.add(new Arrived(tick(), ++requests, request));
        effect.run();
        events.add(new Answered(tick(), requests, request, reply));
    }

    void join(String member) {
        var more = new HashSet<>(members);
        more.add(member);
        held(more, 0);
    }

    private void held(@Nullable Set<String> from, int request) {
        members = from == null ? Set.of() : Set.copyOf(from);
        events.add(new Held(tick(), GROUP, from, request));
    }
}
