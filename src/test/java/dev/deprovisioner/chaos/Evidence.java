package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Event.Audited;
import dev.deprovisioner.chaos.Event.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of what the service did.
 *
 * @param events in the order in which they happened
 * @param present groups that the provider still has at the end
 * @param unlistedAllowed whether the service was set to go on where the provider lists no members
 */
record Evidence(
        List<Event> events,
        List<Run> runs,
        List<Entry> audit,
        List<Message> outbox,
        Set<String> present,
        RateLimit limit,
        boolean unlistedAllowed) {

    /** A run as it is stored at the end. */
    record Run(
            String id,
            String group,
            Instant requestedAt,
            @Nullable Instant finishedAt,
            State state,
            @Nullable Integer membersTotal,
            @Nullable Integer membersRemoved,
            boolean webhookSynced) {}

    /** An audit entry as it is stored at the end. */
    record Entry(String run, Audited audited) {

        String action() {
            return audited.action();
        }

        String status() {
            return audited.status();
        }
    }

    /** A message in the outbox as it is stored at the end. */
    record Message(String id, String run, String status) {}

    /** @param jitter by how much longer one request may have been on its way than another */
    record RateLimit(int requests, Duration period, Duration jitter) {}

    <T extends Event> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<Entry> entries(Run run, String action) {
        return audit.stream()
                .filter(entry -> entry.run().equals(run.id()) && entry.action().equals(action))
                .toList();
    }

    Optional<Run> run(String id) {
        return runs.stream().filter(run -> run.id().equals(id)).findFirst();
    }

    /** Of a run, or nothing if there is no such run. */
    String groupOf(String run) {
        return run(run).map(Run::group).orElse("");
    }
}
