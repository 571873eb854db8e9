package dev.deprovisioner.chaos;

import static java.util.stream.Collectors.joining;

import dev.deprovisioner.chaos.Event.Audited;
import dev.deprovisioner.chaos.Event.Commit;
import dev.deprovisioner.chaos.Event.State;
import dev.deprovisioner.chaos.witness.Sql;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Writes down what happens, in one order for all, and knows which run and group it is about. */
final class EventLog {

    private final List<Event> events = new ArrayList<>();
    private final Map<String, String> groupOfRun = new ConcurrentHashMap<>();
    private final Map<String, String> runOfMessage = new ConcurrentHashMap<>();
    private final Clock clock = Clock.systemUTC();

    synchronized void add(Function<Instant, Event> event) {
        events.add(event.apply(clock.instant()));
    }

    synchronized List<Event> events() {
        return List.copyOf(events);
    }

    /** What came after so many events. */
    synchronized List<Event> eventsAfter(int many) {
        return List.copyOf(events.subList(many, events.size()));
    }

    /** When something happened to a group for the first time after a kill. */
    synchronized Optional<Instant> firstAfter(Instant killedAt, String group) {
        return events.stream()
                .dropWhile(event -> !(event instanceof Event.Halted(var at, var process) && at.equals(killedAt)))
                .filter(event -> isAbout(event, group))
                .map(Event::at)
                .findFirst();
    }

    private static boolean isAbout(Event event, String group) {
        return switch (event) {
            case Event.Committing committing -> committing.commit().group().equals(group);
            case Event.Arrived arrived -> arrived.request().group().equals(group);
            default -> false;
        };
    }

    Instant now() {
        return clock.instant();
    }

    /** Empty for what is not about runs: heartbeats, and the sealing of what runs have written. */
    static List<Write> writes(List<Sql> transaction) {
        var writes = transaction.stream().map(Write::from).toList();
        return writes.stream().anyMatch(Write::comesByItself) ? List.of() : writes;
    }

    /** The name of a transaction; it does not depend on the run. */
    static String name(List<Write> writes) {
        return writes.stream().map(Write::toString).distinct().collect(joining(", "));
    }

    Commit commit(List<Write> writes) {
        writes.forEach(this::learn);
        var run = writes.stream()
                .flatMap(write -> run(write).stream())
                .findFirst()
                .orElse("");
        return new Commit(
                run,
                groupOfRun.getOrDefault(run, ""),
                writes.stream().anyMatch(write -> write.is("insert", "deprovision")),
                writes.stream().flatMap(EventLog::state).findFirst().orElse(null),
                writes.stream().anyMatch(EventLog::endsDelivery),
                writes.stream().flatMap(EventLog::audited).toList());
    }

    private void learn(Write write) {
        var id = Objects.requireNonNullElse(write.value("id"), "");
        if (write.is("insert", "deprovision")) {
            groupOfRun.put(id, Objects.requireNonNull(write.value("group_id")));
        } else if (write.is("insert", "webhook_delivery")) {
            runOfMessage.put(id, Objects.requireNonNull(write.value("deprovision_id")));
        }
    }

    private Optional<String> run(Write write) {
        var id = write.table().endsWith("_task") ? write.value("task_instance") : write.value("id");
        return Optional.ofNullable(id)
                .map(known -> runOfMessage.getOrDefault(known, known))
                .filter(groupOfRun::containsKey);
    }

    private static Stream<State> state(Write write) {
        var steps = write.value("steps");
        return write.table().equals("deprovision") && steps != null
                ? Stream.of(StoredRuns.state(
                        write.columns().getOrDefault("status", ""),
                        write.columns().getOrDefault("step", ""),
                        write.value("outcome"),
                        steps))
                : Stream.empty();
    }

    private static boolean endsDelivery(Write write) {
        return write.is("update", "webhook_delivery") && !"PENDING".equals(write.value("status"));
    }

    /** Null where there is none. */
    static @Nullable Integer number(JsonNode value) {
        return value.isInt() ? value.asInt() : null;
    }

    private static @Nullable Integer number(@Nullable String value) {
        return value == null ? null : Integer.valueOf(value);
    }

    private static Stream<Audited> audited(Write write) {
        return write.is("insert", "audit_entry")
                ? Stream.of(new Audited(
                        write.columns().getOrDefault("action", ""),
                        write.columns().getOrDefault("status", ""),
                        number(write.value("members")),
                        OffsetDateTime.parse(write.columns().getOrDefault("occurred_at", ""))
                                .toInstant()))
                : Stream.empty();
    }
}
