package dev.deprovisioner.providers;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/** The groups and users of a provider, in memory. It knows what really happened. */
final class Directory {

    private final Map<String, StoredGroup> groups = new LinkedHashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<Pending> pending = new ArrayList<>();
    private final Supplier<Instant> clock;

    Directory(Supplier<Instant> clock) {
        this.clock = clock;
    }

    /** A change that really happened: so many members left a group, or were in it when it was deleted. */
    private record Change(String group, boolean deletion, int members) {}

    /** @param version grows with each change */
    record StoredGroup(String id, String displayName, List<String> members, int version) {

        StoredGroup with(List<String> otherMembers) {
            return new StoredGroup(id, displayName, List.copyOf(otherMembers), version + 1);
        }
    }

    private record Pending(Instant due, Runnable change) {}

    synchronized void create(String id, Collection<String> members) {
        groups.put(id, new StoredGroup(id, "Team " + id, List.copyOf(members), 1));
    }

    /** Gives the group another version, and changes nothing else. */
    synchronized void touch(String id) {
        groups.computeIfPresent(id, (key, group) -> group.with(group.members()));
    }

    synchronized Optional<StoredGroup> find(String id) {
        var now = clock.get();
        var due = pending.stream().filter(change -> !change.due().isAfter(now)).toList();
        pending.removeAll(due);
        due.forEach(pendingChange -> pendingChange.change().run());
        return Optional.ofNullable(groups.get(id));
    }

    synchronized List<StoredGroup> groups() {
        return List.copyOf(groups.values());
    }

    /** Removes these members from the group after this time, if it is still there. */
    synchronized void remove(String id, Set<String> members, Duration lateness) {
        later(lateness, () -> removeNow(id, members));
    }

    private void later(Duration lateness, Runnable change) {
        if (lateness.isZero()) {
            change.run();
        } else {
            pending.add(new Pending(clock.get().plus(lateness), change));
        }
    }

    private void removeNow(String id, Set<String> members) {
        var group = groups.get(id);
        if (group == null) {
            return;
        }
        var left = group.members().stream()
                .filter(member -> !members.contains(member))
                .toList();
        groups.put(id, group.with(left));
        changes.add(new Change(id, false, group.members().size() - left.size()));
    }

    /** Deletes the group after this time, if it is still there. */
    synchronized void delete(String id, Duration lateness) {
        later(lateness, () -> deleteNow(id));
    }

    private void deleteNow(String id) {
        var group = groups.remove(id);
        if (group != null) {
            changes.add(new Change(id, true, group.members().size()));
        }
    }

    /** How many members left the group by removals. */
    synchronized int removedFrom(String id) {
        return changes.stream()
                .filter(change -> change.group().equals(id) && !change.deletion())
                .mapToInt(Change::members)
                .sum();
    }

    /** How many members the deletion took along; empty if the group was not deleted. */
    synchronized OptionalInt deletedWith(String id) {
        return changes.stream()
                .filter(change -> change.group().equals(id) && change.deletion())
                .mapToInt(Change::members)
                .findFirst();
    }
}
